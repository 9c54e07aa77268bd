using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Dicom;

/// <summary>One object as others refer to it (PS3.3 table 10-11).</summary>
public sealed record SopReference(string SopClassUid, string SopInstanceUid)
{
    /// <summary>The item that a referenced SOP sequence has for it.</summary>
    public DicomDataset ToItem() => new DicomDataset()
        .AddOrUpdate(DicomTag.ReferencedSOPClassUID, SopClassUid)
        .AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, SopInstanceUid);

    /// <summary>The reference that an item makes, or null where it has no well-formed instance UID.</summary>
    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static SopReference? Of(DicomDataset item)
    {
        var instance = item.GetStringOrEmpty(DicomTag.ReferencedSOPInstanceUID);
        return Uid.IsWellFormed(instance)
            ? new(item.GetStringOrEmpty(DicomTag.ReferencedSOPClassUID), instance)
            : null;
    }
}
