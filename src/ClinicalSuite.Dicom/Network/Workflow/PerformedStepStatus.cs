namespace ClinicalSuite.Dicom.Network.Workflow;

/// <summary>Performed Procedure Step Status (0040,0252), PS3.3 C.4.14.</summary>
public enum PerformedStepStatus
{
    InProgress,
    Completed,
    Discontinued,
}
