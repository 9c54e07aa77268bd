namespace ClinicalSuite.Findings;

/// <summary>One clinical question and how it is answered. Knows no DICOM, no files, no database.</summary>
public interface IAnalysis
{
    /// <summary>The id of the command line and the database, e.g. <c>liver-vessels</c>.</summary>
    string Id { get; }

    /// <summary>Changes whenever results may change.</summary>
    string Version { get; }

    AnalysisDescription Description { get; }

    /// <summary>Ids of analyses whose results this one wants first.</summary>
    IReadOnlyList<string> After => [];

    /// <summary>Whether this study is for it: run, wait for more, or not.</summary>
    Selection Select(StudyManifest study);

    /// <summary>Deterministic: equal input gives equal results for any degree of parallelism. Never changes its input.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; noticed within a second.</exception>
    AnalysisResult Run(AnalysisInput input, IProgress<AnalysisProgress> progress, CancellationToken cancellation);
}
