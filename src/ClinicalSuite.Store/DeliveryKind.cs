namespace ClinicalSuite.Store;

public enum DeliveryKind
{
    /// <summary>C-STORE to a PACS.</summary>
    Dicom,

    /// <summary>STOW-RS to a DICOMweb service.</summary>
    DicomWeb,

    /// <summary>ORU^R01 by MLLP to a RIS.</summary>
    Oru,
}
