namespace ClinicalSuite.Dicom.Network;

/// <summary>Source of A-ABORT (PS3.8 table 9-26).</summary>
public enum AbortSource : byte
{
    ServiceUser = 0,
    ServiceProvider = 2,
}
