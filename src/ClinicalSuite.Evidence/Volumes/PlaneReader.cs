using ClinicalSuite.Dicom;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>The planes of an image header: one of a classic slice, one per frame of an enhanced object (PS3.3 C.7.6.16).</summary>
internal static class PlaneReader
{
    public static IEnumerable<PlaneFacts> Planes(DicomDataset header, SourceInstance instance)
    {
        var perFrame = header.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        return perFrame.Count == 0 ? [Classic(header, instance)] : Enhanced(header, instance, perFrame);
    }

    private static PlaneFacts Classic(DicomDataset header, SourceInstance instance) => new()
    {
        Instance = instance,
        Frame = 0,
        Rows = Int(header, DicomTag.Rows),
        Columns = Int(header, DicomTag.Columns),
        IsLocalizer = IsLocalizer(header.GetStrings(DicomTag.ImageType)),
        Position = Point(header, DicomTag.ImagePositionPatient, 0, 3),
        RowDirection = Point(header, DicomTag.ImageOrientationPatient, 0, 6),
        ColumnDirection = Point(header, DicomTag.ImageOrientationPatient, 3, 6),
        RowSpacingMm = Number(header, DicomTag.PixelSpacing, 0),
        ColumnSpacingMm = Number(header, DicomTag.PixelSpacing, 1),
        RescaleSlope = Number(header, DicomTag.RescaleSlope, 0) ?? 1,
        RescaleIntercept = Number(header, DicomTag.RescaleIntercept, 0) ?? 0,
    };

    private static IEnumerable<PlaneFacts> Enhanced(
        DicomDataset header, SourceInstance instance, IReadOnlyList<DicomDataset> perFrame)
    {
        var frames = Int(header, DicomTag.NumberOfFrames);
        if (frames != perFrame.Count)
        {
            throw new DicomFormatException(
                $"{perFrame.Count} items for {frames} frames", DicomTag.PerFrameFunctionalGroupsSequence.ToString());
        }

        var shared = header.FirstItem(DicomTag.SharedFunctionalGroupsSequence);
        for (var frame = 0; frame < perFrame.Count; frame++)
        {
            // A group is shared or per frame, never both; the frame's own wins where a sender writes both.
            DicomDataset? Group(DicomTag sequence) =>
                perFrame[frame].FirstItem(sequence) ?? shared?.FirstItem(sequence);

            var position = Group(DicomTag.PlanePositionSequence);
            var orientation = Group(DicomTag.PlaneOrientationSequence);
            var measures = Group(DicomTag.PixelMeasuresSequence);
            var rescale = Group(DicomTag.PixelValueTransformationSequence);
            yield return new PlaneFacts
            {
                Instance = instance,
                Frame = frame,
                Rows = Int(header, DicomTag.Rows),
                Columns = Int(header, DicomTag.Columns),
                IsLocalizer = IsLocalizer(FrameType(Group) ?? header.GetStrings(DicomTag.ImageType)),
                Position = Point(position, DicomTag.ImagePositionPatient, 0, 3),
                RowDirection = Point(orientation, DicomTag.ImageOrientationPatient, 0, 6),
                ColumnDirection = Point(orientation, DicomTag.ImageOrientationPatient, 3, 6),
                RowSpacingMm = Number(measures, DicomTag.PixelSpacing, 0),
                ColumnSpacingMm = Number(measures, DicomTag.PixelSpacing, 1),
                RescaleSlope = Number(rescale, DicomTag.RescaleSlope, 0) ?? 1,
                RescaleIntercept = Number(rescale, DicomTag.RescaleIntercept, 0) ?? 0,
            };
        }
    }

    private static IReadOnlyList<string>? FrameType(Func<DicomTag, DicomDataset?> group)
    {
        var item = group(DicomTag.CTImageFrameTypeSequence) ?? group(DicomTag.MRImageFrameTypeSequence);
        return item?.GetStrings(DicomTag.FrameType);
    }

    private static bool IsLocalizer(IEnumerable<string> imageType) =>
        imageType.Any(word => word.Trim() is "LOCALIZER" or "SCOUT");

    private static int Int(DicomDataset header, DicomTag tag) => header.TryGetInt(tag, out var value) ? value : 0;

    private static double? Number(DicomDataset? header, DicomTag tag, int index)
    {
        var values = header?.GetDoubles(tag);
        return values is not null && values.Length > index && double.IsFinite(values[index]) ? values[index] : null;
    }

    private static Point3? Point(DicomDataset? header, DicomTag tag, int start, int count)
    {
        var values = header?.GetDoubles(tag);
        return values is not null && values.Length == count && values.All(double.IsFinite)
            ? new Point3(values[start], values[start + 1], values[start + 2])
            : null;
    }
}
