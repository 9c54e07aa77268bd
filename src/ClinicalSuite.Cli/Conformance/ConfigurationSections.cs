using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>Interfaces, configuration, media, character sets and security (PS3.2 A.4.3 to A.7).</summary>
internal static class ConfigurationSections
{
    public static void Write(StatementText text, ConformanceFacts facts)
    {
        var settings = facts.Settings;
        text.Heading(1, "Network interfaces and configuration").Heading(2, "Interfaces")
            .Paragraph("TCP/IP (IPv4 and IPv6) of the operating system, without Nagle's delay.")
            .Table(["Listener", "Default port", "Default address"],
            [
                ["DICOM upper layer", Number(settings.DicomPort), settings.ClinicHost.ToString()],
                [
                    "DICOM upper layer over TLS, when certificates are set",
                    Number(settings.TlsPort),
                    settings.ClinicHost.ToString(),
                ],
                ["Web services and pages, https when set", Number(settings.HttpPort), settings.HttpHost.ToString()],
            ])
            .Heading(2, "Configuration")
            .Paragraph("In one settings file (JSON with comments); `deploy/clinicalsuite.json` names every setting.")
            .Table(["Parameter", "Setting", "Default"],
            [
                ["Own AE title", "aet", settings.AeTitle],
                ["Callers that may associate, by title and address", "accept", "nobody"],
                ["Those of them that may query and retrieve", "queryRetrieve", "all of them"],
                ["Destinations of results", "pacs, dicomWeb", "none"],
                ["Destinations of C-MOVE besides", "destinations", "none"],
                ["Users of DICOM user identity", "dicomUsers, demandDicomUser", "none, not demanded"],
                ["Associations and their timers", "associations", "see the association policies"],
                [
                    "Proof of delivery",
                    "proof, proofAlarmMinutes, commitmentMinutes",
                    $"auto, {Minutes(settings.ProofAlarm)}, {Minutes(settings.CommitmentLimit)}",
                ],
                ["Receivers of notifications", "announce, performedSteps", "none"],
                ["Private storage SOP classes", "taken", facts.Offered.TakesPrivateStorage ? "yes" : "no"],
                [
                    "Largest STOW-RS request",
                    "stowGib",
                    FormattableString.Invariant($"{settings.StowBytes / (double)(1L << 30):0.#} GiB"),
                ],
                [
                    "Origins of other sites that may use the web services",
                    "webOrigins",
                    settings.WebOrigins.Count == 0 ? "none" : string.Join(", ", settings.WebOrigins),
                ],
            ])
            .Heading(1, "Media interchange")
            .Paragraph("No application profile is supported.")
            .Heading(1, "Support of character sets")
            .Paragraph(
                "Read and written, in data sets, identifiers and answers; JSON is in UTF-8. An empty "
                + "(0008,0005) is the default repertoire. A term that is not known is read as Latin-1 and kept "
                + "as it came. Results are in the character set of their source, or in ISO_IR 192 where that "
                + "cannot hold their text.")
            .Paragraph(string.Join(", ", SpecificCharacterSet.Supported.Select(term => $"`{term}`")))
            .Heading(1, "Security").Heading(2, "TLS")
            .Paragraph(
                "PS3.15 B.12, the BCP 195 RFC 8996, 9325 TLS secure transport connection profile, for DICOM, "
                + "web and HL7, in both directions. Callers of the DICOM port must show a certificate of an "
                + "authority of the settings; a title can be tied to certificates and is then refused without "
                + "one of them. Certificates are read anew when their files change. The name of a host that is "
                + "called is checked.")
            .List(
                $"Protocols: {Bcp195.Protocols}",
                $"Cipher suites: {string.Join(", ", CipherSuites())}")
            .Heading(2, "Access and audit")
            .Paragraph(
                "The allow-list is the gate of the DICOM port. The web services ask for a bearer token or a "
                + "sign-in on any address but loopback; scopes say who may read and who may store. Each "
                + "association, query, retrieval, storage, refusal, sign-in and page is in the audit trail with "
                + "user, address, action, study and outcome; of a query the names of its keys, never their "
                + "values. The trail is the product's own: messages of PS3.15 A.5 are not sent.");
    }

    private static IEnumerable<string> CipherSuites() =>
        Bcp195.CipherSuites?.AllowedCipherSuites.Select(suite => suite.ToString()) ?? ["those of the platform"];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Minutes(TimeSpan time) => FormattableString.Invariant($"{time.TotalMinutes:0.#} min");
}
