using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>What became of one file of a STOW-RS request. UIDs are empty where the file did not say them.</summary>
public sealed record WebStoreOutcome(
    string SopClassUid, string SopInstanceUid, string StudyUid, string SeriesUid, DimseStatus Status);
