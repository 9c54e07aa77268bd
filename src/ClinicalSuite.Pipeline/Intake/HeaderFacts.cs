using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>What a header says of an object's place in the patient's record.</summary>
internal static class HeaderFacts
{
    /// <summary>The attributes that are read; nothing else of a header need be held.</summary>
    public static readonly IReadOnlySet<DicomTag> Tags = new HashSet<DicomTag>
    {
        DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.Modality, DicomTag.SeriesNumber, DicomTag.SeriesDescription,
        DicomTag.InstanceNumber, DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.PatientName, DicomTag.PatientBirthDate,
        DicomTag.PatientSex, DicomTag.AccessionNumber, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.StudyDescription,
        DicomTag.StudyID, DicomTag.ReferringPhysicianName, DicomTag.SpecificCharacterSet,
    };

    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static InstanceFacts Of(DicomDataset header) => new()
    {
        StudyUid = header.GetString(DicomTag.StudyInstanceUID),
        SeriesUid = header.GetString(DicomTag.SeriesInstanceUID),
        Modality = header.GetStringOrEmpty(DicomTag.Modality),
        SeriesNumber = Number(header, DicomTag.SeriesNumber),
        SeriesDescription = header.GetStringOrEmpty(DicomTag.SeriesDescription),
        InstanceNumber = Number(header, DicomTag.InstanceNumber),
        PatientId = header.GetStringOrEmpty(DicomTag.PatientID),
        IssuerOfPatientId = header.GetStringOrEmpty(DicomTag.IssuerOfPatientID),
        PatientName = header.GetStringOrEmpty(DicomTag.PatientName),
        PatientNameKey = PersonNameMatching.SearchKey(header.GetStringOrEmpty(DicomTag.PatientName)),
        PatientBirthDate = header.GetStringOrEmpty(DicomTag.PatientBirthDate),
        PatientSex = header.GetStringOrEmpty(DicomTag.PatientSex),
        AccessionNumber = header.GetStringOrEmpty(DicomTag.AccessionNumber),
        StudyDate = header.GetStringOrEmpty(DicomTag.StudyDate),
        StudyTime = header.GetStringOrEmpty(DicomTag.StudyTime),
        StudyDescription = header.GetStringOrEmpty(DicomTag.StudyDescription),
        StudyId = header.GetStringOrEmpty(DicomTag.StudyID),
        ReferringPhysicianName = header.GetStringOrEmpty(DicomTag.ReferringPhysicianName),
        CharacterSet = string.Join('\\', header.GetStrings(DicomTag.SpecificCharacterSet)),
    };

    private static int? Number(DicomDataset header, DicomTag tag) =>
        int.TryParse(header.GetStringOrEmpty(tag), out var number) ? number : null;
}
