namespace ClinicalSuite.Findings;

/// <summary>What the catalogue shows and documents state of an analysis.</summary>
public sealed record AnalysisDescription
{
    /// <summary>English title, e.g. "Liver vessels".</summary>
    public required string Title { get; init; }

    /// <summary>Chinese title.</summary>
    public required string TitleChinese { get; init; }

    public required string AcceptedInput { get; init; }

    public required string Outputs { get; init; }

    /// <summary>Algorithm family, for SEG and SR.</summary>
    public required Code Family { get; init; }

    /// <summary>The imaging procedure it reports on, e.g. (25045-6, LN, "CT unspecified body region").</summary>
    public required Code Procedure { get; init; }

    /// <summary>The region of the patient, for the image library, e.g. (113345001, SCT, "Abdomen").</summary>
    public required Code Region { get; init; }

    /// <summary>BodyPartExamined of the objects made, e.g. ABDOMEN.</summary>
    public required string BodyPart { get; init; }

    /// <summary>Names and meanings of the settings that <c>--set</c> takes.</summary>
    public IReadOnlyList<(string Key, string Meaning)> Settings { get; init; } = [];
}
