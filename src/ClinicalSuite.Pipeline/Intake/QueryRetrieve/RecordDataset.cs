using ClinicalSuite.Dicom;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>What the database says of a patient, study, series or instance, as a data set to match and to answer from.
/// </summary>
internal static class RecordDataset
{
    private static readonly HashSet<DicomTag> Known =
    [
        DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.PatientName, DicomTag.PatientBirthDate,
        DicomTag.PatientSex, DicomTag.NumberOfPatientRelatedStudies, DicomTag.NumberOfPatientRelatedSeries,
        DicomTag.NumberOfPatientRelatedInstances, DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime,
        DicomTag.AccessionNumber, DicomTag.StudyID, DicomTag.StudyDescription, DicomTag.ReferringPhysicianName,
        DicomTag.ModalitiesInStudy, DicomTag.SOPClassesInStudy, DicomTag.NumberOfStudyRelatedSeries,
        DicomTag.NumberOfStudyRelatedInstances, DicomTag.Modality, DicomTag.SeriesInstanceUID, DicomTag.SeriesNumber,
        DicomTag.SeriesDescription, DicomTag.NumberOfSeriesRelatedInstances, DicomTag.SOPInstanceUID,
        DicomTag.SOPClassUID, DicomTag.InstanceNumber, DicomTag.AvailableTransferSyntaxUID,
    ];

    /// <summary>Attributes that need no file.</summary>
    public static IEnumerable<DicomTag> Tags => Known;

    /// <summary>True for attributes that need no file.</summary>
    public static bool IsKnown(DicomTag tag) => Known.Contains(tag);

    public static DicomDataset Of(PatientRecord record) => PatientOf(record.Study.Study)
        .AddOrUpdate(DicomTag.NumberOfPatientRelatedStudies, record.StudyCount)
        .AddOrUpdate(DicomTag.NumberOfPatientRelatedSeries, record.SeriesCount)
        .AddOrUpdate(DicomTag.NumberOfPatientRelatedInstances, record.InstanceCount);

    public static DicomDataset Of(StudyRecord record) => StudyOf(record.Study)
        .AddOrUpdate(DicomTag.ModalitiesInStudy, [.. record.Modalities])
        .AddOrUpdate(DicomTag.SOPClassesInStudy, [.. record.SopClasses])
        .AddOrUpdate(DicomTag.NumberOfStudyRelatedSeries, record.SeriesCount)
        .AddOrUpdate(DicomTag.NumberOfStudyRelatedInstances, record.InstanceCount);

    public static DicomDataset Of(SeriesRecord record)
    {
        var dataset = SeriesOf(record.Series).AddOrUpdate(DicomTag.NumberOfSeriesRelatedInstances, record.InstanceCount);
        return record.IsMadeHere ? WithoutWhatTheFileSays(dataset) : dataset;
    }

    public static DicomDataset Of(Instance instance)
    {
        var dataset = SeriesOf(instance.Series!)
            .AddOrUpdate(DicomTag.SOPInstanceUID, instance.SopInstanceUid)
            .AddOrUpdate(DicomTag.SOPClassUID, instance.SopClassUid)
            .AddOrUpdate(DicomTag.AvailableTransferSyntaxUID, instance.TransferSyntaxUid);
        return instance.IsMadeHere
            ? WithoutWhatTheFileSays(dataset)
            : Number(dataset, DicomTag.InstanceNumber, instance.Number);
    }

    /// <summary>Absent here, so that it is taken from the file: the database has it of received objects only.</summary>
    private static DicomDataset WithoutWhatTheFileSays(DicomDataset dataset) =>
        dataset.Remove(DicomTag.SeriesDescription).Remove(DicomTag.SeriesNumber);

    private static DicomDataset PatientOf(Study study) => new DicomDataset()
        .AddOrUpdate(DicomTag.PatientName, study.PatientName)
        .AddOrUpdate(DicomTag.PatientID, study.PatientId)
        .AddOrUpdate(DicomTag.IssuerOfPatientID, study.IssuerOfPatientId)
        .AddOrUpdate(DicomTag.PatientBirthDate, study.PatientBirthDate)
        .AddOrUpdate(DicomTag.PatientSex, study.PatientSex);

    private static DicomDataset StudyOf(Study study) => PatientOf(study)
        .AddOrUpdate(DicomTag.StudyInstanceUID, study.Uid)
        .AddOrUpdate(DicomTag.StudyDate, study.StudyDate)
        .AddOrUpdate(DicomTag.StudyTime, study.StudyTime)
        .AddOrUpdate(DicomTag.AccessionNumber, study.AccessionNumber)
        .AddOrUpdate(DicomTag.StudyID, study.StudyId)
        .AddOrUpdate(DicomTag.StudyDescription, study.Description)
        .AddOrUpdate(DicomTag.ReferringPhysicianName, study.ReferringPhysicianName);

    private static DicomDataset SeriesOf(Series series)
    {
        var dataset = StudyOf(series.Study!)
            .AddOrUpdate(DicomTag.Modality, series.Modality)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, series.Uid)
            .AddOrUpdate(DicomTag.SeriesDescription, series.Description);
        return Number(dataset, DicomTag.SeriesNumber, series.Number);
    }

    private static DicomDataset Number(DicomDataset dataset, DicomTag tag, int? number) =>
        number is { } value ? dataset.AddOrUpdate(tag, value) : dataset.AddOrUpdate(tag);
}
