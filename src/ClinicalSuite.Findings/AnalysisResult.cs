namespace ClinicalSuite.Findings;

/// <summary>What an analysis says: all of it, or why it can say nothing. There are no partial numbers.</summary>
public abstract record AnalysisResult
{
    private AnalysisResult()
    {
    }

    public IReadOnlyList<QualityNote> Quality { get; init; } = [];

    public IReadOnlyDictionary<string, double> TimingsMs { get; init; } = new Dictionary<string, double>();

    public sealed record Completed : AnalysisResult
    {
        public IReadOnlyList<Measurement> Measurements { get; init; } = [];

        public SegmentMap? Segments { get; init; }

        public IReadOnlyList<ParametricMap> Maps { get; init; } = [];

        public IReadOnlyList<Assessment> Assessments { get; init; } = [];

        public IReadOnlyList<Figure> Figures { get; init; } = [];

        /// <summary>What the algorithm was told and found, as <c>name=value</c>; goes to Algorithm Parameters.</summary>
        public IReadOnlyList<string> Parameters { get; init; } = [];
    }

    /// <param name="Reason">Coded reason, e.g. (NO-CONTRAST, 99CLINSUITE, "No contrast agent seen").</param>
    /// <param name="Cause">The measured cause in words, e.g. "median of the aorta 42 HU, needed 110 HU".</param>
    public sealed record NotAssessable(Code Reason, string Cause) : AnalysisResult;
}
