using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Labels;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>What an analysis is given besides images: files named by hand first, then SEG and RTSTRUCT objects that came with the images.</summary>
/// <param name="Objects">The DICOM objects among the sources: evidence of the report.</param>
/// <param name="Notes">What came and could not be used; a file named by hand is refused instead.</param>
internal sealed record SegmentsFromOutside(
    IReadOnlyList<GivenSegment> Segments, IReadOnlyList<ObjectReference> Objects, IReadOnlyList<QualityNote> Notes)
{
    /// <exception cref="InputRefusedException">A file named by hand cannot be used.</exception>
    public static SegmentsFromOutside Read(
        AnalysisOrder order, IReadOnlyList<SourceStudy> studies, IReadOnlyDictionary<string, SourceSeries> series,
        CancellationToken cancellation)
    {
        var labels = new List<GivenLabels>();
        var notes = new List<QualityNote>();
        var principal = series.OrderBy(entry => entry.Key, StringComparer.Ordinal).First().Value;
        foreach (var file in order.Labels)
        {
            labels.AddRange(LabelReader.Read(file.Path, file.Name, principal, cancellation));
        }

        if (order.UseArrivedSegments)
        {
            foreach (var (study, segments, images) in Arrived(order, studies, series))
            {
                try
                {
                    labels.AddRange(LabelReader.ReadArrived(study, segments, images));
                }
                catch (InputRefusedException refusal)
                {
                    // Not what the study was sent for: the analysis goes on without, and says so.
                    notes.Add(new QualityNote(RunnerReasons.SegmentsUnused, QualitySeverity.Warning,
                        $"{segments.Manifest.Modality} series {segments.Manifest.SeriesUid}: {refusal.Reason.Meaning}: {refusal.Cause}"));
                }
            }
        }

        return new SegmentsFromOutside(
            [.. labels.SelectMany(source => source.Segments)],
            [.. labels.Select(source => source.Object).OfType<ObjectReference>().Distinct()],
            notes);
    }

    /// <summary>In the order of their UIDs. Our own results of an earlier run are no input: they would confirm themselves.</summary>
    private static IEnumerable<(SourceStudy Study, SourceSeries Segments, SourceSeries Images)> Arrived(
        AnalysisOrder order, IReadOnlyList<SourceStudy> studies, IReadOnlyDictionary<string, SourceSeries> series) =>
        from study in studies
        from segments in study.Series
        where segments.Header.GetStringOrEmpty(DicomTag.Manufacturer) != order.Device.Manufacturer
        let images = series.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value)
            .FirstOrDefault(candidate => LabelReader.Belongs(segments, candidate))
        where images is not null
        orderby segments.Manifest.SeriesUid
        select (study, segments, images);
}
