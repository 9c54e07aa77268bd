using ClinicalSuite.Findings;

namespace ClinicalSuite.Clinic.Tests.Documents;

/// <summary>The description that documents print; it is never run.</summary>
internal sealed class SampleAnalysis : IAnalysis
{
    public string Id => "liver-vessels";

    public string Version => "1.0.0";

    public AnalysisDescription Description { get; } = new()
    {
        Title = "Liver vessels",
        TitleChinese = "肝脏血管",
        AcceptedInput = "CT",
        Outputs = "volumes",
        Family = new Code("LOCAL-CUT", "99CLINSUITE", "Marker watershed, local half-height cut and vesselness"),
        Procedure = new Code("25045-6", "LN", "CT unspecified body region"),
        Region = new Code("113345001", "SCT", "Abdomen"),
        BodyPart = "ABDOMEN",
    };

    public Selection Select(StudyManifest study) => throw new NotSupportedException();

    public AnalysisResult Run(AnalysisInput input, IProgress<AnalysisProgress> progress, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
