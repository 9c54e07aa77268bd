using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>Where attributes stand in the information models (PS3.4 C.6.1.1, C.6.2.1).</summary>
internal static class QueryKeys
{
    private static readonly HashSet<DicomTag> SeriesKeys =
    [
        DicomTag.Modality, DicomTag.SeriesInstanceUID, DicomTag.SeriesNumber, DicomTag.SeriesDescription,
        DicomTag.SeriesDate, DicomTag.SeriesTime, DicomTag.BodyPartExamined, DicomTag.ProtocolName, DicomTag.Laterality,
        DicomTag.PatientPosition, DicomTag.OperatorsName, DicomTag.PerformingPhysicianName, DicomTag.StationName,
        DicomTag.PerformedProcedureStepStartDate, DicomTag.PerformedProcedureStepStartTime,
        DicomTag.PerformedProcedureStepID, DicomTag.PerformedProcedureStepDescription,
        DicomTag.RequestAttributesSequence, DicomTag.FrameOfReferenceUID, DicomTag.NumberOfSeriesRelatedInstances,
    ];

    private static readonly HashSet<DicomTag> ImageKeys =
    [
        DicomTag.SOPInstanceUID, DicomTag.SOPClassUID, DicomTag.InstanceNumber, DicomTag.Rows, DicomTag.Columns,
        DicomTag.BitsAllocated, DicomTag.NumberOfFrames, DicomTag.ImageType, DicomTag.ContentDate, DicomTag.ContentTime,
        DicomTag.AcquisitionDate, DicomTag.AcquisitionTime, DicomTag.AcquisitionNumber, DicomTag.SliceLocation,
        DicomTag.ImagePositionPatient, DicomTag.ConceptNameCodeSequence, DicomTag.CompletionFlag,
        DicomTag.VerificationFlag, DicomTag.AvailableTransferSyntaxUID,
    ];

    /// <summary>Every attribute of a lower level that is told apart.</summary>
    public static IEnumerable<DicomTag> Named => SeriesKeys.Concat(ImageKeys);

    /// <summary>True for what lies below a level, so that a record of it has no one value.</summary>
    public static bool IsBelow(QueryLevel level, DicomTag tag) =>
        (level < QueryLevel.Image && ImageKeys.Contains(tag)) || (level < QueryLevel.Series && SeriesKeys.Contains(tag))
        || (level == QueryLevel.Patient && (tag == DicomTag.StudyInstanceUID || tag == DicomTag.StudyDate
            || tag == DicomTag.StudyTime || tag == DicomTag.AccessionNumber || tag == DicomTag.StudyID
            || tag == DicomTag.StudyDescription || tag == DicomTag.ModalitiesInStudy
            || tag == DicomTag.NumberOfStudyRelatedSeries || tag == DicomTag.NumberOfStudyRelatedInstances));

    public static DicomTag UniqueKey(QueryLevel level) => level switch
    {
        QueryLevel.Patient => DicomTag.PatientID,
        QueryLevel.Study => DicomTag.StudyInstanceUID,
        QueryLevel.Series => DicomTag.SeriesInstanceUID,
        _ => DicomTag.SOPInstanceUID,
    };

    public static QueryLevel? Level(string text) => text.Trim() switch
    {
        "PATIENT" => QueryLevel.Patient,
        "STUDY" => QueryLevel.Study,
        "SERIES" => QueryLevel.Series,
        "IMAGE" => QueryLevel.Image,
        _ => null,
    };
}
