using static ClinicalSuite.Dicom.Network.AssociationAction;
using static ClinicalSuite.Dicom.Network.AssociationEvent;
using static ClinicalSuite.Dicom.Network.AssociationState;

namespace ClinicalSuite.Dicom.Network;

/// <summary>The state transition table of the upper layer (PS3.8 table 9-10) as a function.</summary>
public static class UpperLayer
{
    /// <summary>
    /// The action and the next state. Null where the table is empty: such an event cannot come from the peer, so that
    /// meeting one is an error of the local program.
    /// </summary>
    /// <param name="requestor">
    /// True on the side that asked for the association; only release collisions need it.
    /// </param>
    public static (AssociationAction Action, AssociationState Next)? Next(
        AssociationState state, AssociationEvent what, bool requestor = false) => state switch
        {
            Idle => what switch
            {
                AssociateRequested => (OpenTransport, AwaitingTransport),
                TransportIndicated => (StartArtim, AwaitingAssociateRequest),
                _ => null,
            },
            AwaitingTransport => what switch
            {
                TransportConfirmed => (SendAssociateRequest, AwaitingAssociateAnswer),
                AbortRequested => (Close, Idle),
                TransportClosed => (IndicateProviderAbort, Idle),
                _ => null,
            },
            AwaitingAssociateRequest => what switch
            {
                AssociateRequestPdu => (Decide, AwaitingAssociateDecision),
                AssociateAcceptPdu or AssociateRejectPdu or DataTransferPdu or ReleaseRequestPdu or ReleaseResponsePdu
                    or InvalidPdu => (SendUserAbort, AwaitingTransportClose),
                AbortPdu or ArtimExpired => (Close, Idle),
                TransportClosed => (StopArtimAfterClose, Idle),
                _ => null,
            },
            AwaitingTransportClose => what switch
            {
                AssociateAcceptPdu or AssociateRejectPdu or DataTransferPdu or ReleaseRequestPdu or ReleaseResponsePdu
                    => (Ignore, AwaitingTransportClose),
                AssociateRequestPdu or InvalidPdu => (SendProviderAbort, AwaitingTransportClose),
                AbortPdu or ArtimExpired => (Close, Idle),
                TransportClosed => (StopArtim, Idle),
                _ => null,
            },
            _ => Expected(state, what, requestor) ?? Unexpected(what),
        };

    /// <summary>The entries that tell states 3 and 5 to 12 apart.</summary>
    private static (AssociationAction, AssociationState)? Expected(
        AssociationState state, AssociationEvent what, bool requestor) => (state, what) switch
        {
            (AwaitingAssociateDecision, AcceptDecided) => (SendAccept, Established),
            (AwaitingAssociateDecision, RejectDecided) => (SendReject, AwaitingTransportClose),
            (AwaitingAssociateAnswer, AssociateAcceptPdu) => (ConfirmAccept, Established),
            (AwaitingAssociateAnswer, AssociateRejectPdu) => (ConfirmRejectAndClose, Idle),
            (Established, DataRequested) => (SendData, Established),
            (Established, DataTransferPdu) => (IndicateData, Established),
            (Established, ReleaseRequested) => (SendReleaseRequest, AwaitingReleaseResponse),
            (Established, ReleaseRequestPdu) => (IndicateRelease, AwaitingReleaseDecision),
            (AwaitingReleaseResponse, DataTransferPdu) => (IndicateData, AwaitingReleaseResponse),
            (AwaitingReleaseResponse, ReleaseRequestPdu) =>
                (IndicateCollision, requestor ? CollisionRequestorDecision : CollisionAcceptorResponse),
            (AwaitingReleaseResponse, ReleaseResponsePdu) => (ConfirmReleaseAndClose, Idle),
            (AwaitingReleaseDecision, DataRequested) => (SendData, AwaitingReleaseDecision),
            (AwaitingReleaseDecision, ReleaseDecided) => (SendReleaseResponse, AwaitingTransportClose),
            (CollisionRequestorDecision, ReleaseDecided) => (SendReleaseResponseAndWait, CollisionRequestorResponse),
            (CollisionRequestorResponse, ReleaseResponsePdu) => (ConfirmReleaseAndClose, Idle),
            (CollisionAcceptorResponse, ReleaseResponsePdu) => (ConfirmRelease, CollisionAcceptorDecision),
            (CollisionAcceptorDecision, ReleaseDecided) => (SendReleaseResponse, AwaitingTransportClose),
            _ => null,
        };

    /// <summary>What those states have in common: any other PDU is a protocol error.</summary>
    private static (AssociationAction, AssociationState)? Unexpected(AssociationEvent what) => what switch
    {
        AssociateAcceptPdu or AssociateRejectPdu or AssociateRequestPdu or DataTransferPdu or ReleaseRequestPdu
            or ReleaseResponsePdu or InvalidPdu => (SendProviderAbortAndIndicate, AwaitingTransportClose),
        AbortRequested => (SendUserAbort, AwaitingTransportClose),
        AbortPdu => (IndicateAbortAndClose, Idle),
        TransportClosed => (IndicateProviderAbort, Idle),
        _ => null,
    };
}
