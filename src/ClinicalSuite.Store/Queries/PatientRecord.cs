namespace ClinicalSuite.Store.Queries;

/// <summary>A patient: PatientID with its issuer; studies without a PatientID stand for a patient each.</summary>
/// <param name="Study">One of the studies found, for name, sex and birth date.</param>
public sealed record PatientRecord(StudyRecord Study, int StudyCount, int SeriesCount, int InstanceCount);
