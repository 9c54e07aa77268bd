using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;
using static ClinicalSuite.Evidence.Sr.ContentItem;

namespace ClinicalSuite.Evidence.Sr;

/// <summary>
/// Qualitative Evaluations of TID 1500: categories, refusals with their measured cause, quality notes, and what a reader must
/// know. Its rows are codes and texts, all codes first.
/// </summary>
internal static class Evaluations
{
    public static IEnumerable<DicomDataset> Of(EvidenceContext context, AnalysisResult result)
    {
        var codes = result switch
        {
            AnalysisResult.Completed completed => Categories(completed).Concat(Missing(context, completed)),
            AnalysisResult.NotAssessable refused => [Coded(Contains, ReportCodes.RefusalReason, refused.Reason)],
            _ => [],
        };
        return codes.Concat(Texts(context, result));
    }

    private static IEnumerable<DicomDataset> Categories(AnalysisResult.Completed result) =>
        result.Assessments
            .Where(assessment => assessment.Category is not null)
            .Select(assessment => Coded(Contains, assessment.Concept, assessment.Category!));

    /// <summary>
    /// A number that could not be had: its own concept with a code in place of the value and the reason below. (An empty
    /// MeasuredValueSequence with a qualifier is legal, but checkers call it a missing value.)
    /// </summary>
    private static IEnumerable<DicomDataset> Missing(EvidenceContext context, AnalysisResult.Completed result)
    {
        foreach (var measurement in result.Measurements.Where(measurement => measurement.Value is null))
        {
            var segment = result.Segments?.Segments
                .FirstOrDefault(candidate => candidate.Number == measurement.SegmentNumber);
            var site = segment?.Type ?? context.Analysis.Description.Region;
            var children = new List<DicomDataset> { Coded(Modifier, ReportCodes.FindingSite, site) };
            if (measurement.Missing is { } reason)
            {
                children.Add(Coded(Modifier, ReportCodes.RefusalReason, reason));
            }

            yield return Coded(Contains, measurement.Concept, ReportCodes.MeasurementFailure, children);
        }
    }

    private static IEnumerable<DicomDataset> Texts(EvidenceContext context, AnalysisResult result)
    {
        if (result is AnalysisResult.NotAssessable refused)
        {
            yield return Text(Contains, ReportCodes.RefusalCause, refused.Cause);
        }

        foreach (var note in result.Quality)
        {
            yield return Text(Contains, note.Code, note.Cause.Length > 0 ? note.Cause : note.Code.Meaning);
        }

        if (result is AnalysisResult.Completed { Segments: { } map })
        {
            foreach (var segment in map.Segments.Where(segment => segment.Source is not null))
            {
                yield return Comment(ReportTexts.GivenSegment(context.Language, segment.Label, segment.Source!));
            }
        }

        if (context.Sources.Any(EvidenceContext.HasOwnFrameOfReference))
        {
            yield return Comment(ReportTexts.OwnFrameOfReference(context.Language));
        }

        if (context.Unidentified)
        {
            yield return Comment(ReportTexts.Unidentified(context.Language));
        }

        if (context.HasContradictoryIdentity)
        {
            yield return Comment(ReportTexts.ContradictoryIdentity(context.Language));
        }

        yield return Comment(ReportTexts.ResearchUse(context.Language));
    }

    private static DicomDataset Comment(string text) => Text(Contains, ReportCodes.Comment, text);
}
