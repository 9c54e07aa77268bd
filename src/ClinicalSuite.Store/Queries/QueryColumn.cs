namespace ClinicalSuite.Store.Queries;

/// <summary>The columns that a query can put a condition on.</summary>
public enum QueryColumn
{
    PatientId,

    /// <summary><see cref="Study.PatientNameKey"/>; a row without one is always found.</summary>
    PatientNameKey,
    PatientBirthDate,
    PatientSex,
    StudyUid,
    AccessionNumber,
    StudyDate,
    StudyId,
    StudyDescription,
    Modality,
    SeriesUid,
    SeriesDescription,
    SopInstanceUid,
    SopClassUid,
}
