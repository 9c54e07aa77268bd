namespace ClinicalSuite.Cli.CommandLine;

/// <summary>Every verb that works, in the order of the list that <c>--help</c> shows.</summary>
internal static class Verbs
{
    public static readonly IReadOnlyList<IVerb> All =
    [
        new ServeVerb(),
        new DemoVerb(),
        new AnalysesVerb(),
        new AnalyzeVerb(),
        new SimulateVerb(),
        new DicomEchoVerb(),
        new DicomSendVerb(),
        new DicomFindVerb(),
        new DicomGetVerb(),
        new DicomMoveVerb(),
        new DicomDumpVerb(),
        new DicomCheckVerb(),
        new DicomTranscodeVerb(),
        new DicomDeidentifyVerb(),
        new DicomConformanceVerb(),
        new Hl7SendVerb(),
        new Hl7ListenVerb(),
        new DoctorVerb(),
        new VerifyStoreVerb(),
        new BackupVerb(),
        new RestoreVerb(),
        new RetentionVerb(),
        new BenchVerb(),
    ];
}
