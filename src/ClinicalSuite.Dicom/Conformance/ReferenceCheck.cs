namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Every instance that an image refers to is listed in its hierarchy of references (PS3.3 C.12.2).</summary>
internal static class ReferenceCheck
{
    private const string Module = "Common Instance Reference";

    private static readonly DicomTag[] Lists = [DicomTag.ReferencedSeriesSequence, DicomTag.StudiesContainingOtherReferencedInstancesSequence];

    private static readonly DicomTag[] References = [DicomTag.SourceImageSequence, DicomTag.ReferencedImageSequence];

    public static void Check(ObjectUnderCheck subject)
    {
        var image = subject.Dataset;
        if (!Array.Exists(Lists, image.Contains))
        {
            return;
        }

        var listed = new Dictionary<string, HashSet<string>>();
        foreach (var item in ItemTree.Below(image).Where(item => item.Place.Sequence == DicomTag.ReferencedInstanceSequence))
        {
            if (item.TryGetString(DicomTag.ReferencedSOPInstanceUID, out var instance))
            {
                listed.TryAdd(instance, []);
                listed[instance].Add(item.GetStringOrEmpty(DicomTag.ReferencedSOPClassUID));
            }
        }

        foreach (var item in ItemTree.Below(image).Where(item => References.Contains(item.Place.Sequence)))
        {
            if (!item.TryGetString(DicomTag.ReferencedSOPInstanceUID, out var instance))
            {
                continue;
            }

            if (!listed.TryGetValue(instance, out var classes))
            {
                subject.Warn(item, DicomTag.ReferencedSOPInstanceUID, Module, "is not listed in ReferencedSeriesSequence");
            }
            else if (!classes.Contains(item.GetStringOrEmpty(DicomTag.ReferencedSOPClassUID)))
            {
                subject.Error(item, DicomTag.ReferencedSOPClassUID, Module, "is another than in ReferencedSeriesSequence");
            }
        }
    }
}
