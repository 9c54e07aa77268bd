namespace ClinicalSuite.Store;

public enum DeliveryKind
{
    /// <summary>C-STORE to a PACS.</summary>
    Dicom,

    /// <summary>ORU^R01 by MLLP to a RIS.</summary>
    Oru,
}
