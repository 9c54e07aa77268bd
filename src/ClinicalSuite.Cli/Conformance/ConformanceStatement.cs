using ClinicalSuite.Dicom;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>
/// The DICOM conformance statement in the form of PS3.2. What it lists comes from the tables that the program runs by; only the
/// sentences between the tables stand here.
/// </summary>
internal static class ConformanceStatement
{
    public static string Write(ConformanceFacts facts)
    {
        var text = new StatementText();
        OverviewSections.Write(text, facts);
        NetworkSections.Write(text, facts);
        QuerySections.Write(text);
        ConfigurationSections.Write(text, facts);
        WebSections.Write(text, facts);
        ObjectSections.Write(text, facts);
        var version = facts.Results[0].Dataset.GetString(DicomTag.SoftwareVersions);
        return text.Under(
            $"DICOM Conformance Statement: ClinicalSuite {version}",
            "**Research use; not clinically validated.** ClinicalSuite is not a cleared medical "
            + "device.\n\nWritten by `clinicalsuite dicom conformance` from the tables that the program runs by; "
            + "a test compares the two. Sections follow PS3.2. Settings of a site may narrow what is written "
            + "here: it describes the defaults.");
    }
}
