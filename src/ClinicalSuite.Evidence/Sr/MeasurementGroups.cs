using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Seg;
using ClinicalSuite.Findings;
using static ClinicalSuite.Evidence.Sr.ContentItem;

namespace ClinicalSuite.Evidence.Sr;

/// <summary>
/// Imaging Measurements. With segments every group is TID 1411 and refers to one; without, every group is TID 1501: checkers choose
/// one template for all groups of a report.
/// </summary>
internal sealed class MeasurementGroups(
    EvidenceContext context, AnalysisResult.Completed result, SegmentationObjects? segmentations)
{
    private readonly IReadOnlyList<Segment> _segments = result.Segments?.Segments ?? [];

    /// <summary>The container; null where there is no number at all.</summary>
    public DicomDataset? Container()
    {
        var measured = result.Measurements.Where(measurement => measurement.Value is not null).ToList();
        var groups = (segmentations is null
            ? Unsegmented(measured)
            : measured.GroupBy(Subject).OrderBy(group => group.Key).Select(Segmented))
            .Concat(result.Assessments.Where(assessment => assessment.Probability is not null).Select(Score))
            .ToList();
        return groups.Count == 0 ? null : ContentItem.Container(Contains, ReportCodes.Measurements, null, groups);
    }

    /// <summary>Which segment a number describes; one that names none describes the organ of the run.</summary>
    private (int Number, bool Whole) Subject(Measurement measurement)
    {
        var segment = measurement.SegmentNumber is { } number
            ? _segments.First(candidate => candidate.Number == number)
            : Organ;
        return (segment.Number, segment.Includes.Count > 0 && measurement.OfWholeSegment);
    }

    private Segment Organ => _segments.FirstOrDefault(segment => segment.Includes.Count > 0) ?? _segments[0];

    private DicomDataset Segmented(IGrouping<(int Number, bool Whole), Measurement> group)
    {
        var segment = _segments.First(candidate => candidate.Number == group.Key.Number);
        var reference = segmentations!.Find(group.Key.Number, group.Key.Whole);
        return SegmentGroup(
            segment, reference, reference.TrackingId, reference.TrackingUid, segment.Type,
            group.SelectMany(measurement => Numbers(measurement, segment)));
    }

    private DicomDataset SegmentGroup(
        Segment segment, SegmentReference reference, string trackingId, string trackingUid, Code finding,
        IEnumerable<DicomDataset> numbers)
    {
        var source = context.Series[result.Segments!.SeriesRole];
        return ContentItem.Container(Contains, ReportCodes.Group, "1411",
        [
            Text(Observation, ReportCodes.TrackingId, trackingId),
            UidReference(Observation, ReportCodes.TrackingUid, trackingUid),
            Coded(Contains, ReportCodes.Finding, finding),
            Image(Contains, ReportCodes.ReferencedSegment,
                reference.Object.SopClassUid, reference.Object.SopInstanceUid, reference.SegmentNumber),
            UidReference(Contains, ReportCodes.SourceSeries, source.Manifest.SeriesUid),
            Coded(Modifier, ReportCodes.FindingSite, segment.Region),
            .. numbers,
        ]);
    }

    private IEnumerable<DicomDataset> Unsegmented(List<Measurement> measured)
    {
        if (measured.Count > 0)
        {
            var region = context.Analysis.Description.Region;
            yield return PlainGroup(
                context.Analysis.Description.Title, "measurements", region,
                measured.SelectMany(measurement => Numbers(measurement, null)));
        }
    }

    private DicomDataset PlainGroup(
        string trackingId, string purpose, Code finding, IEnumerable<DicomDataset> numbers) =>
        ContentItem.Container(Contains, ReportCodes.Group, "1501",
        [
            Text(Observation, ReportCodes.TrackingId, trackingId),
            UidReference(Observation, ReportCodes.TrackingUid, context.Uid("tracking of " + purpose)),
            Coded(Contains, ReportCodes.Finding, finding),
            Coded(Modifier, ReportCodes.FindingSite, context.Analysis.Description.Region),
            .. numbers,
        ]);

    /// <summary>A probability and its interval: siblings told apart by Derivation (a nested NUM is taken for INFERRED FROM).</summary>
    private DicomDataset Score(Assessment assessment)
    {
        var purpose = "assessment " + assessment.Name;
        var how = Algorithm("method=" + assessment.Name, null).ToList();
        var numbers = new List<DicomDataset>
        {
            Number(Contains, ReportCodes.Probability, assessment.Probability!.Value, Units.One, how),
        };
        if (assessment.Interval is { } interval)
        {
            numbers.Add(Limit(interval.Low, ReportCodes.IntervalLow));
            numbers.Add(Limit(interval.High, ReportCodes.IntervalHigh));
        }

        if (segmentations is null)
        {
            return PlainGroup(assessment.Name, purpose, assessment.Concept, numbers);
        }

        var reference = segmentations.Find(Organ.Number, whole: true);
        return SegmentGroup(
            Organ, reference, assessment.Name, context.Uid("tracking of " + purpose), assessment.Concept, numbers);

        DicomDataset Limit(double value, Code which) => Number(
            Contains, ReportCodes.Probability, value, Units.One,
            [Coded(Modifier, ReportCodes.Derivation, which), .. how.Select(item => item.Clone())]);
    }

    private IEnumerable<DicomDataset> Numbers(Measurement measurement, Segment? segment)
    {
        var value = Math.Round(measurement.Value!.Value, Math.Clamp(measurement.Decimals, 0, 12));
        IEnumerable<DicomDataset> derivation = measurement.Derivation is { } by
            ? [Coded(Modifier, ReportCodes.Derivation, by)]
            : [];
        yield return Number(
            Contains, measurement.Concept, value, measurement.Unit,
            [.. derivation, .. Algorithm("method=" + measurement.Method, segment)]);
        if (measurement.Uncertainty is { } uncertainty)
        {
            yield return Number(
                Contains, measurement.Concept, Math.Round(uncertainty, Math.Clamp(measurement.Decimals + 1, 0, 12)),
                measurement.Unit,
                [
                    Coded(Modifier, ReportCodes.Derivation, ReportCodes.Uncertainty),
                    .. Algorithm("method=" + measurement.Method, segment),
                ]);
        }
    }

    /// <summary>TID 4019 in each number: readers do not look for it anywhere else.</summary>
    private IEnumerable<DicomDataset> Algorithm(string method, Segment? segment)
    {
        yield return Text(Modifier, ReportCodes.AlgorithmName, context.Analysis.Id);
        yield return Text(Modifier, ReportCodes.AlgorithmVersion, context.Analysis.Version);
        yield return Text(Modifier, ReportCodes.AlgorithmParameters, method);
        if (segment?.Source is { } given)
        {
            yield return Text(Modifier, ReportCodes.AlgorithmParameters, "segmentSource=" + given);
        }

        foreach (var parameter in result.Parameters)
        {
            yield return Text(Modifier, ReportCodes.AlgorithmParameters, parameter);
        }
    }
}
