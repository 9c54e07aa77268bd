namespace ClinicalSuite.Dicom.Network;

/// <summary>Result of A-ASSOCIATE-RJ (PS3.8 table 9-21).</summary>
public enum RejectResult : byte
{
    Permanent = 1,
    Transient = 2,
}
