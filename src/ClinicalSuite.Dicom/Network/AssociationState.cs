namespace ClinicalSuite.Dicom.Network;

/// <summary>The states of the upper layer protocol machine (PS3.8 9.2.1), by their numbers there.</summary>
public enum AssociationState
{
    Idle = 1,
    AwaitingAssociateRequest = 2,
    AwaitingAssociateDecision = 3,
    AwaitingTransport = 4,
    AwaitingAssociateAnswer = 5,
    Established = 6,
    AwaitingReleaseResponse = 7,
    AwaitingReleaseDecision = 8,
    CollisionRequestorDecision = 9,
    CollisionAcceptorResponse = 10,
    CollisionRequestorResponse = 11,
    CollisionAcceptorDecision = 12,
    AwaitingTransportClose = 13,
}
