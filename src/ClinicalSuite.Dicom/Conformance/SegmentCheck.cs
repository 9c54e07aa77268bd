namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Segments are numbered from 1 by one, and frames name one that is there (PS3.3 C.8.20.2, C.8.20.3).</summary>
internal static class SegmentCheck
{
    public static void Check(ObjectUnderCheck subject)
    {
        var image = subject.Dataset;
        if (!image.TryGetElement(DicomTag.SegmentSequence, out var element) || element is not DicomSequence segments)
        {
            return;
        }

        var numbers = segments.Items.Select(item => Numbers.First(item, DicomTag.SegmentNumber)).ToList();
        for (var index = 0; index < numbers.Count; index++)
        {
            if (numbers[index] is { } number && number != index + 1)
            {
                subject.Error(
                    segments.Items[index], DicomTag.SegmentNumber, "Segmentation Image", $"is {number}, item {index + 1} has {index + 1}");
            }
        }

        foreach (var item in ItemTree.Below(image))
        {
            if (item.Place.Sequence == DicomTag.SegmentIdentificationSequence
                && Numbers.First(item, DicomTag.ReferencedSegmentNumber) is { } referenced && !numbers.Contains(referenced))
            {
                subject.Error(item, DicomTag.ReferencedSegmentNumber, "Segmentation", $"is {referenced}, no segment has this number");
            }
        }
    }
}
