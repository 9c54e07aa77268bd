namespace ClinicalSuite.Dicom.Network;

internal enum PduFrameKind
{
    Whole,
    Invalid,
    Closed,
    Interrupted,
}
