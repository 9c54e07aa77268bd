using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>What there is at all (PS3.2 A.1), and what words mean here.</summary>
internal static class OverviewSections
{
    public static void Write(StatementText text, ConformanceFacts facts)
    {
        text.Heading(1, "Conformance statement overview")
            .Paragraph(
                "ClinicalSuite receives studies over the network, analyses them, and returns results as DICOM "
                + "objects. It is also an archive for what it holds: it can be queried, and studies with their "
                + "results can be retrieved.")
            .Heading(2, "Network services")
            .Table(["SOP class", "UID", "User (SCU)", "Provider (SCP)"], Services(facts))
            .Paragraph(
                $"As a provider every storage SOP class of PS3.6 is taken, {facts.StorageClasses.Count()} of "
                    + "them (listed in the last chapter)"
                + (facts.Offered.TakesPrivateStorage ? ", and private ones outside the root of the standard." : ".")
                + " As a user the kinds of objects that are made here, and in retrieval whatever is held.")
            .Heading(2, "Web services")
            .Table(["Service", "User agent", "Origin server"],
            [
                ["Studies: store (STOW-RS)", "Yes", "Yes"],
                ["Studies: search (QIDO-RS)", "Yes", "Yes"],
                ["Studies: retrieve (WADO-RS)", "Yes", "Yes"],
            ])
            .Heading(2, "Media services")
            .Paragraph(
                "None: no application profile of PS3.11 is claimed. Files of PS3.10 without a DICOMDIR are "
                + "read and written by verbs of the command line.")
            .Heading(1, "Introduction")
            .Paragraph(
                "For those who connect ClinicalSuite with other systems. Conformance is necessary for that and "
                + "not enough: whether two systems do together what a site needs must be tried at the site. "
                + "Terms are those of PS3.1 to PS3.21. AE is application entity; SCU and SCP are user and "
                + "provider of a service class; `NNNNH` is a number in base 16.");
    }

    private static IEnumerable<IReadOnlyList<string>> Services(ConformanceFacts facts)
    {
        var made = facts.Results.Select(result => result.Dataset.GetString(DicomTag.SOPClassUID)).Distinct();
        var used = ProposedServices.Activities.SelectMany(activity => activity.Contexts).Select(context => context.AbstractSyntax)
            .Concat(NetworkSections.CommandLineClasses()).ToHashSet();
        foreach (var uid in made)
        {
            yield return [DicomUID.NameOf(uid), uid, "Yes", Mark(facts.Offered.TransferSyntaxesFor(uid).Count > 0)];
        }

        foreach (var uid in facts.Offered.AbstractSyntaxes.Union(used).Order(StringComparer.Ordinal))
        {
            yield return [DicomUID.NameOf(uid), uid, Mark(used.Contains(uid)), Mark(facts.Offered.AbstractSyntaxes.Contains(uid))];
        }
    }

    private static string Mark(bool yes) => yes ? "Yes" : "No";
}
