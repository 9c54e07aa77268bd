namespace ClinicalSuite.Findings;

/// <summary>All that an analysis gets to see. Read only by contract: <c>AnalysisLaws</c> tests that it is unchanged after a run.</summary>
public sealed record AnalysisInput
{
    /// <summary>Image volumes by role.</summary>
    public required IReadOnlyDictionary<string, ImageSeries> Series { get; init; }

    /// <summary>Segments from outside: files given by hand, or SEG and RTSTRUCT objects that arrived in the study.</summary>
    public IReadOnlyList<GivenSegment> GivenSegments { get; init; } = [];

    public IReadOnlyList<ClinicalValue> ClinicalValues { get; init; } = [];

    /// <summary>Results of the analyses named in <see cref="IAnalysis.After"/>, by id.</summary>
    public IReadOnlyDictionary<string, AnalysisResult> EarlierResults { get; init; } = new Dictionary<string, AnalysisResult>();

    public AnalysisSettings Settings { get; init; } = AnalysisSettings.None;

    /// <summary>How many threads may be used; results do not depend on it.</summary>
    public int Threads { get; init; } = 1;
}
