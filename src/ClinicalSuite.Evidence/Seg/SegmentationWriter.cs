using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Seg;

/// <summary>
/// Segments to binary DICOM Segmentations (PS3.3 A.51): the exclusive parts in one series and each whole that includes others in a
/// second, because viewers paint overlaps badly and show one segmentation per series.
/// </summary>
public static class SegmentationWriter
{
    private const string CreatorName = "ClinicalSuite^Appliance";

    private static readonly Code SourceImage = new("121322", "DCM", "Source image for image processing operation");
    private static readonly Code Segmentation = new("113076", "DCM", "Segmentation");

    /// <exception cref="ArgumentException">
    /// The labels do not lie on the grid of their series, or the series has no planes to refer to.
    /// </exception>
    public static SegmentationObjects Write(EvidenceContext context, AnalysisResult.Completed result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        var map = result.Segments ?? throw new ArgumentException("the result has no segments", nameof(result));
        var series = context.Series[map.SeriesRole];
        DemandSameGrid(map.Labels.Geometry, series);
        var parts = map.Segments.Select(segment => Part(context, segment)).ToList();
        var wholes = map.Segments
            .Where(segment => segment.Includes.Count > 0)
            .Select(segment => Whole(context, segment))
            .ToList();
        var writing = new Writing(context, map, series, string.Join(',', result.Parameters));
        return new SegmentationObjects(
            writing.Object(ObjectSeries.SegmentationParts, parts, "segments"),
            wholes.Count == 0 ? null : writing.Object(ObjectSeries.SegmentationWhole, wholes, "whole organs"),
            References(ObjectSeries.SegmentationParts.Reference(context), parts),
            References(ObjectSeries.SegmentationWhole.Reference(context), wholes));
    }

    private static Dictionary<int, SegmentReference> References(ObjectReference target, List<MaskedSegment> segments) =>
        segments
            .Select((segment, index) => (segment, Number: index + 1))
            .ToDictionary(entry => entry.segment.Segment.Number, entry => new SegmentReference(
                target, entry.Number, entry.segment.TrackingId, entry.segment.TrackingUid));

    private static MaskedSegment Part(EvidenceContext context, Segment segment)
    {
        var label = segment.Includes.Count == 0
            ? segment.Label
            : segment.ExclusiveLabel ?? segment.Label + ", rest";
        var purpose = segment.Includes.Count == 0 ? "" : " part";
        return new MaskedSegment(
            segment, label, Members([segment.Number]), context.Uid(Tracking(segment) + purpose));
    }

    private static MaskedSegment Whole(EvidenceContext context, Segment segment) => new(
        segment, segment.Label, Members([segment.Number, .. segment.Includes]), context.Uid(Tracking(segment)));

    private static string Tracking(Segment segment) =>
        string.Create(CultureInfo.InvariantCulture, $"tracking of segment {segment.Number}");

    private static bool[] Members(IEnumerable<int> numbers)
    {
        var members = new bool[256];
        foreach (var number in numbers)
        {
            members[number] = true;
        }

        return members;
    }

    private static void DemandSameGrid(VolumeGeometry labels, SourceSeries series)
    {
        var source = series.Manifest.Geometry
            ?? throw new ArgumentException("the series of the segments forms no volume", nameof(series));
        var corner = (labels.Columns - 1, labels.Rows - 1, labels.Slices - 1);
        var apart = Math.Max(
            (labels.Origin - source.Origin).Length,
            (labels.ToPatient(corner.Item1, corner.Item2, corner.Item3)
                - source.ToPatient(corner.Item1, corner.Item2, corner.Item3)).Length);
        if ((labels.Columns, labels.Rows, labels.Slices) != (source.Columns, source.Rows, source.Slices) || apart > 1e-3)
        {
            throw new ArgumentException("the labels do not lie on the grid of their series", nameof(labels));
        }
    }

    /// <summary>A segment, the labels that belong to it, and its names.</summary>
    private sealed record MaskedSegment(Segment Segment, string Label, bool[] Members, string TrackingUid)
    {
        // TrackingID (UT) names it for people; together with TrackingUID, both or none.
        public string TrackingId => Label;
    }

    private sealed class Writing(EvidenceContext context, SegmentMap map, SourceSeries series, string parameters)
    {
        private readonly VolumeGeometry _grid = map.Labels.Geometry;
        private readonly long[][] _counts = CountLabels(map.Labels);

        public DicomDataset Object(ObjectSeries kind, List<MaskedSegment> segments, string what)
        {
            var description = $"{context.Analysis.Description.Title}: {what}";
            var target = ObjectHeader.Create(context, kind, description);
            ObjectHeader.AddContributingEquipment(target, context);
            ObjectHeader.AddFrameOfReference(target, series);
            var frames = Frames(segments);
            var organization = context.Uid(kind.Name + "/dimensions");
            target
                .AddOrUpdate(DicomTag.ImageType, "DERIVED", "PRIMARY")
                .AddOrUpdate(DicomTag.BodyPartExamined, context.Analysis.Description.BodyPart)
                .AddOrUpdate(DicomTag.ContentLabel, ContentLabel(context.Analysis.Id))
                .AddOrUpdate(DicomTag.ContentDescription, ObjectHeader.Shorten(ContentDescription(description), 64))
                .AddOrUpdate(DicomTag.ContentCreatorName, CreatorName)
                .AddOrUpdate(DicomTag.SegmentationType, "BINARY")
                .AddOrUpdate(DicomTag.SegmentsOverlap, Overlap(segments) ? "YES" : "NO")
                .AddOrUpdate(DicomTag.SamplesPerPixel, 1)
                .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
                .AddOrUpdate(DicomTag.NumberOfFrames, frames.Count)
                .AddOrUpdate(DicomTag.Rows, _grid.Rows)
                .AddOrUpdate(DicomTag.Columns, _grid.Columns)
                .AddOrUpdate(DicomTag.BitsAllocated, 1)
                .AddOrUpdate(DicomTag.BitsStored, 1)
                .AddOrUpdate(DicomTag.HighBit, 0)
                .AddOrUpdate(DicomTag.PixelRepresentation, 0)
                .AddOrUpdate(DicomTag.LossyImageCompression, "00")
                .AddOrUpdate(DicomTag.SegmentSequence, [.. segments.Select(SegmentItem)])
                .AddOrUpdate(DicomTag.ReferencedSeriesSequence, ReferencedSeries())
                .AddOrUpdate(DicomTag.DimensionOrganizationSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.DimensionOrganizationUID, organization))
                .AddOrUpdate(DicomTag.DimensionIndexSequence,
                    Dimension(organization, DicomTag.ReferencedSegmentNumber,
                        DicomTag.SegmentIdentificationSequence, "Segment Number"),
                    Dimension(organization, DicomTag.ImagePositionPatient,
                        DicomTag.PlanePositionSequence, "Image Position"))
                .AddOrUpdate(DicomTag.SharedFunctionalGroupsSequence, SharedGroups())
                .AddOrUpdate(DicomTag.PerFrameFunctionalGroupsSequence,
                    [.. frames.Select(frame => FrameGroups(frame.Segment + 1, frame.Slice))])
                .AddOrUpdate(DicomVR.OB, DicomTag.PixelData, Pixels(segments, frames));
            ObjectHeader.DeclarePrivateCodes(target);
            return target;
        }

        /// <summary>
        /// For each segment each slice that holds a voxel of it. A segment without voxels gets one empty frame: it was looked for
        /// and is empty, and readers expect a frame for each segment.
        /// </summary>
        private List<(int Segment, int Slice)> Frames(List<MaskedSegment> segments)
        {
            var frames = new List<(int Segment, int Slice)>();
            for (var segment = 0; segment < segments.Count; segment++)
            {
                var before = frames.Count;
                for (var slice = 0; slice < _grid.Slices; slice++)
                {
                    if (IsIn(segments[segment], slice))
                    {
                        frames.Add((segment, slice));
                    }
                }

                if (frames.Count == before)
                {
                    frames.Add((segment, _grid.Slices / 2));
                }
            }

            return frames;
        }

        private bool IsIn(MaskedSegment segment, int slice)
        {
            for (var label = 1; label < 256; label++)
            {
                if (segment.Members[label] && _counts[slice][label] > 0)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Segments of one object overlap where a label that occurs belongs to two of them.</summary>
        private bool Overlap(List<MaskedSegment> segments)
        {
            for (var label = 1; label < 256; label++)
            {
                if (segments.Count(segment => segment.Members[label]) > 1 && _counts.Any(slice => slice[label] > 0))
                {
                    return true;
                }
            }

            return false;
        }

        private byte[] Pixels(List<MaskedSegment> segments, List<(int Segment, int Slice)> frames)
        {
            var bits = new FrameBits((long)_grid.Rows * _grid.Columns * frames.Count);
            foreach (var (segment, slice) in frames)
            {
                bits.Append(map.Labels.Slice(slice), segments[segment].Members);
            }

            return bits.Bytes;
        }

        private DicomDataset SegmentItem(MaskedSegment masked, int index)
        {
            var segment = masked.Segment;
            var analysis = context.Analysis;
            var item = new DicomDataset()
                .AddOrUpdate(DicomTag.SegmentNumber, index + 1)
                .AddOrUpdate(DicomTag.SegmentLabel, ObjectHeader.Shorten(masked.Label, 64))
                .AddOrUpdate(DicomTag.SegmentDescription, ObjectHeader.Shorten(
                    segment.Source is null ? masked.Label : $"{masked.Label}; given: {segment.Source}", 1024))
                .AddOrUpdate(DicomTag.SegmentedPropertyCategoryCodeSequence, segment.Category.ToItem())
                .AddOrUpdate(DicomTag.SegmentedPropertyTypeCodeSequence, segment.Type.ToItem())
                .AddOrUpdate(DicomTag.AnatomicRegionSequence, segment.Region.ToItem())
                .AddOrUpdate(DicomTag.RecommendedDisplayCIELabValue, CieLab.Encode(segment.Color))
                .AddOrUpdate(DicomTag.TrackingID, masked.TrackingId)
                .AddOrUpdate(DicomTag.TrackingUID, masked.TrackingUid);
            if (segment.Source is not null)
            {
                // Drawn or computed elsewhere and laid on this grid by us.
                return item
                    .AddOrUpdate(DicomTag.SegmentAlgorithmType, "SEMIAUTOMATIC")
                    .AddOrUpdate(DicomTag.SegmentAlgorithmName, ObjectHeader.Shorten("given: " + segment.Source, 64));
            }

            var identification = new DicomDataset()
                .AddOrUpdate(DicomTag.AlgorithmFamilyCodeSequence, analysis.Description.Family.ToItem())
                .AddOrUpdate(DicomTag.AlgorithmName, analysis.Id)
                .AddOrUpdate(DicomTag.AlgorithmVersion, analysis.Version);
            if (parameters.Length > 0)
            {
                identification.AddOrUpdate(DicomTag.AlgorithmParameters, ObjectHeader.Shorten(parameters, 10240));
            }

            return item
                .AddOrUpdate(DicomTag.SegmentAlgorithmType, "AUTOMATIC")
                .AddOrUpdate(DicomTag.SegmentAlgorithmName, ObjectHeader.Shorten(analysis.Id, 64))
                .AddOrUpdate(DicomTag.SegmentationAlgorithmIdentificationSequence, identification);
        }

        /// <summary>Every image of the volume: OHIF shows no segmentation without it.</summary>
        private DicomDataset ReferencedSeries() => new DicomDataset()
            .AddOrUpdate(DicomTag.SeriesInstanceUID, series.Manifest.SeriesUid)
            .AddOrUpdate(DicomTag.ReferencedInstanceSequence, [.. series.Slices
                .Select(slice => slice.Instance)
                .Distinct()
                .Select(instance => DatasetItems.SopReference(instance.SopClassUid, instance.SopInstanceUid))]);

        private DicomDataset SharedGroups()
        {
            var (along, down) = (_grid.ColumnStep.Normalized(), _grid.RowStep.Normalized());
            return new DicomDataset()
                .AddOrUpdate(DicomTag.PlaneOrientationSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.ImageOrientationPatient, along.X, along.Y, along.Z, down.X, down.Y, down.Z))
                .AddOrUpdate(DicomTag.PixelMeasuresSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.SliceThickness, series.Manifest.SliceThicknessMm ?? _grid.SliceSpacingMm)
                    .AddOrUpdate(DicomTag.SpacingBetweenSlices, _grid.SliceSpacingMm)
                    .AddOrUpdate(DicomTag.PixelSpacing, _grid.RowSpacingMm, _grid.ColumnSpacingMm));
        }

        private DicomDataset FrameGroups(int segmentNumber, int index)
        {
            var slice = series.Slices[index];
            var image = DatasetItems.SopReference(slice.Instance.SopClassUid, slice.Instance.SopInstanceUid)
                .AddOrUpdate(DicomTag.PurposeOfReferenceCodeSequence, SourceImage.ToItem());
            if (slice.Instance.Frames > 1)
            {
                image.AddOrUpdate(DicomTag.ReferencedFrameNumber, slice.Frame + 1);
            }

            // The rank counts all slices of the series, so that a viewer sees where frames are left out.
            return new DicomDataset()
                .AddOrUpdate(DicomTag.DerivationImageSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.DerivationCodeSequence, Segmentation.ToItem())
                    .AddOrUpdate(DicomTag.SourceImageSequence, image))
                .AddOrUpdate(DicomTag.FrameContentSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.DimensionIndexValues, segmentNumber, index + 1))
                .AddOrUpdate(DicomTag.PlanePositionSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.ImagePositionPatient, slice.Position.X, slice.Position.Y, slice.Position.Z))
                .AddOrUpdate(DicomTag.SegmentIdentificationSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.ReferencedSegmentNumber, segmentNumber));
        }

        private string ContentDescription(string description) =>
            EvidenceContext.HasOwnFrameOfReference(series)
                ? description + "; own frame of reference"
                : description;

        private static DicomDataset Dimension(string organization, DicomTag pointer, DicomTag group, string label) =>
            new DicomDataset()
                .AddOrUpdate(DicomTag.DimensionOrganizationUID, organization)
                .AddOrUpdate(DicomTag.DimensionIndexPointer, pointer)
                .AddOrUpdate(DicomTag.FunctionalGroupPointer, group)
                .AddOrUpdate(DicomTag.DimensionDescriptionLabel, label);

        /// <summary>CS: upper case, digits, underscore, at most 16 characters.</summary>
        private static string ContentLabel(string id) =>
            ObjectHeader.Shorten(id.ToUpperInvariant().Replace('-', '_'), 16).TrimEnd('_');

        private static long[][] CountLabels(Volume<byte> labels)
        {
            var counts = new long[labels.Geometry.Slices][];
            for (var slice = 0; slice < counts.Length; slice++)
            {
                var count = counts[slice] = new long[256];
                foreach (var label in labels.Slice(slice))
                {
                    count[label]++;
                }
            }

            return counts;
        }
    }
}
