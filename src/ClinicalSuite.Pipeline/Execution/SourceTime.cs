using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>
/// The time that results state where the order names none: the study's own, so that the same call makes the same objects under the
/// same UIDs. It is not the time of the computation, and a note in each document says so.
/// </summary>
internal static class SourceTime
{
    /// <summary>For a study that states no time at all.</summary>
    private static readonly DateTime Unknown = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static readonly QualityNote Note = new(
        new Code("SOURCE-TIME", "99CLINSUITE", "Times are those of the source study"),
        QualitySeverity.Note,
        "made offline: date and time of these results are those of the study, not of the computation");

    public static DateTimeOffset Of(SourceStudy study) => new(study.Facts.Started ?? Unknown, TimeSpan.Zero);
}
