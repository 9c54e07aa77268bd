namespace ClinicalSuite.Dicom.Conformance;

/// <summary>File meta information (PS3.10 7.1).</summary>
internal static class MetaCheck
{
    private const string Module = "File Meta Information";

    private static readonly DicomTag[] Required =
    [
        DicomTag.FileMetaInformationGroupLength, DicomTag.FileMetaInformationVersion, DicomTag.MediaStorageSOPClassUID,
        DicomTag.MediaStorageSOPInstanceUID, DicomTag.TransferSyntaxUID, DicomTag.ImplementationClassUID,
    ];

    public static void Check(ObjectUnderCheck subject)
    {
        var meta = subject.Meta;
        if (meta.Count == 0)
        {
            return;
        }

        foreach (var tag in Required)
        {
            if (!meta.TryGetElement(tag, out var element) || element.IsEmpty)
            {
                subject.Error(meta, tag, Module, element is null ? "is absent, type 1" : "is empty, type 1");
            }
        }

        if (meta.Contains(DicomTag.PrivateInformation) && !meta.Contains(DicomTag.PrivateInformationCreatorUID))
        {
            subject.Error(meta, DicomTag.PrivateInformationCreatorUID, Module, "is absent beside private information");
        }

        if (subject.Syntax is { } syntax && syntax.Name == syntax.Uid)
        {
            subject.Warn(meta, DicomTag.TransferSyntaxUID, Module, "is no transfer syntax of PS3.5");
        }

        CheckSame(subject, DicomTag.MediaStorageSOPClassUID, DicomTag.SOPClassUID);
        CheckSame(subject, DicomTag.MediaStorageSOPInstanceUID, DicomTag.SOPInstanceUID);
        new ElementCheck(subject).Check(meta);
    }

    private static void CheckSame(ObjectUnderCheck subject, DicomTag inMeta, DicomTag inDataset)
    {
        var left = TextValues.Of(subject.Meta, inMeta);
        var right = TextValues.Of(subject.Dataset, inDataset);
        if (left.Count > 0 && right.Count > 0 && left[0] != right[0])
        {
            subject.Error(subject.Meta, inMeta, Module, $"is another than {DicomDictionary.KeywordOf(inDataset)} of the data set");
        }
    }
}
