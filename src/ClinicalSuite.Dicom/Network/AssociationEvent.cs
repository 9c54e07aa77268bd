namespace ClinicalSuite.Dicom.Network;

/// <summary>The events of the upper layer protocol machine (PS3.8 table 9-10), by their numbers there.</summary>
public enum AssociationEvent
{
    AssociateRequested = 1,
    TransportConfirmed = 2,
    AssociateAcceptPdu = 3,
    AssociateRejectPdu = 4,
    TransportIndicated = 5,
    AssociateRequestPdu = 6,
    AcceptDecided = 7,
    RejectDecided = 8,
    DataRequested = 9,
    DataTransferPdu = 10,
    ReleaseRequested = 11,
    ReleaseRequestPdu = 12,
    ReleaseResponsePdu = 13,
    ReleaseDecided = 14,
    AbortRequested = 15,
    AbortPdu = 16,
    TransportClosed = 17,
    ArtimExpired = 18,
    InvalidPdu = 19,
}
