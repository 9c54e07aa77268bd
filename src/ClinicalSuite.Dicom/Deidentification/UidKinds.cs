using System.Collections.Frozen;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>UIDs that name a kind of thing and not a thing: nobody can be found by them.</summary>
internal static class UidKinds
{
    /// <summary>Their values stay even where they are private: a SOP class, a syntax, a coding scheme.</summary>
    private static readonly FrozenSet<DicomTag> Kinds = new[]
    {
        DicomTag.MediaStorageSOPClassUID, DicomTag.TransferSyntaxUID, DicomTag.ReferencedSOPClassUIDInFile,
        DicomTag.ReferencedTransferSyntaxUIDInFile, DicomTag.ReferencedRelatedGeneralSOPClassUIDInFile, DicomTag.SOPClassUID,
        DicomTag.RelatedGeneralSOPClassUID, DicomTag.OriginalSpecializedSOPClassUID, DicomTag.SOPClassesInStudy, DicomTag.PertinentSOPClassesInStudy,
        DicomTag.SOPClassesSupported, DicomTag.CodingSchemeUID, DicomTag.ContextUID, DicomTag.MappingResourceUID,
        DicomTag.ReferencedSOPClassUID, DicomTag.MACCalculationTransferSyntaxUID, DicomTag.EncryptedContentTransferSyntaxUID,
    }.ToFrozenSet();

    public static bool Holds(DicomTag tag) => Kinds.Contains(tag);

    /// <summary>True for the UIDs of PS3.6 Annex A, well-known frames of reference and palettes among them.</summary>
    public static bool IsRegistered(string uid) => !ReferenceEquals(DicomUID.NameOf(uid), uid);
}
