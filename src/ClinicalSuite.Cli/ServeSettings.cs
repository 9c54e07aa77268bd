using System.Text.Json;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Cli;

/// <summary>The settings of the appliance as file and options give them; the verbs that need them read them alike.</summary>
internal static class ServeSettings
{
    public const string DefaultDataFolder = "clinicalsuite-data";

    public static readonly IReadOnlyList<Option> Options =
    [
        Option.Text("--data", "DIR", $"where everything is kept that survives a restart (default {DefaultDataFolder})"),
        Option.Text("--settings", "FILE", "JSON with comments; options override it"),
        Option.Text("--roles", "LIST", "of intake,work,web (default all)"),
        Option.Text("--aet", "NAME", "our own AE title (default CLINICALSUITE)"),
        Option.Text("--http-host", "ADDR", "where pages listen (default 127.0.0.1; any other address needs sign-in)"),
        Option.Port("--http-port", "pages (default 8080; 0 lets the system choose, here and below)"),
        Option.Port("--dicom-port", "DICOM (default 11112)"),
        Option.Port("--dicom-tls-port", "DICOM over TLS, when the settings file names certificates (default 2762)"),
        Option.List("--accept", "AET[@HOST]", "who may associate; ANY opens the list"),
        Option.List("--destination", "AET@HOST:PORT", "where C-MOVE may send to, beside the archives of --pacs; tls:... over TLS"),
        Option.List("--pacs", "AET@HOST:PORT", "archive that gets the objects; tls:AET@HOST:PORT over TLS"),
        Option.List("--dicomweb", "URL", "DICOMweb service that gets the objects by STOW-RS; token and authorities are in the settings file"),
        Option.List("--ris", "HOST:PORT", "information system that gets the ORU^R01 by MLLP; tls:HOST:PORT over TLS"),
    ];

    /// <returns>The settings, or the complaint; exactly one is not null.</returns>
    public static (ApplianceSettings? Settings, string? Complaint) Read(Arguments arguments)
    {
        var file = new SettingsFile();
        if (arguments.Text("--settings") is { } path)
        {
            try
            {
                file = SettingsFile.Read(path);
            }
            catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
            {
                return (null, $"{path}: {failure.Message}");
            }
        }

        return (file with
        {
            Data = arguments.Text("--data") ?? file.Data,
            Roles = arguments.Text("--roles")?.Split(',') ?? file.Roles,
            Aet = arguments.Text("--aet") ?? file.Aet,
            HttpHost = arguments.Text("--http-host") ?? file.HttpHost,
            HttpPort = arguments.Number("--http-port") ?? file.HttpPort,
            DicomPort = arguments.Number("--dicom-port") ?? file.DicomPort,
            DicomTlsPort = arguments.Number("--dicom-tls-port") ?? file.DicomTlsPort,
            Accept = arguments.Has("--accept") ? arguments.List("--accept") : file.Accept,
            Destinations = arguments.Has("--destination") ? arguments.List("--destination") : file.Destinations,
            Pacs = arguments.Has("--pacs") ? arguments.List("--pacs") : file.Pacs,
            DicomWeb = arguments.Has("--dicomweb") ? [.. arguments.List("--dicomweb").Select(url => new WebService(url))] : file.DicomWeb,
            Ris = arguments.Has("--ris") ? arguments.List("--ris") : file.Ris,
        }).Over(new ApplianceSettings { DataFolder = DefaultDataFolder });
    }
}
