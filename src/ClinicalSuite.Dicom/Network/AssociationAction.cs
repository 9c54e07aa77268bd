namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// What an event makes the upper layer do (PS3.8 tables 9-6 to 9-9); the standard's name stands beside each.
/// </summary>
public enum AssociationAction
{
    /// <summary>AE-1</summary>
    OpenTransport,

    /// <summary>AE-2</summary>
    SendAssociateRequest,

    /// <summary>AE-3</summary>
    ConfirmAccept,

    /// <summary>AE-4</summary>
    ConfirmRejectAndClose,

    /// <summary>AE-5</summary>
    StartArtim,

    /// <summary>AE-6</summary>
    Decide,

    /// <summary>AE-7</summary>
    SendAccept,

    /// <summary>AE-8</summary>
    SendReject,

    /// <summary>DT-1, AR-7</summary>
    SendData,

    /// <summary>DT-2, AR-6</summary>
    IndicateData,

    /// <summary>AR-1</summary>
    SendReleaseRequest,

    /// <summary>AR-2</summary>
    IndicateRelease,

    /// <summary>AR-3</summary>
    ConfirmReleaseAndClose,

    /// <summary>AR-4</summary>
    SendReleaseResponse,

    /// <summary>AR-5</summary>
    StopArtim,

    /// <summary>AR-8</summary>
    IndicateCollision,

    /// <summary>AR-9</summary>
    SendReleaseResponseAndWait,

    /// <summary>AR-10</summary>
    ConfirmRelease,

    /// <summary>AA-1</summary>
    SendUserAbort,

    /// <summary>AA-2</summary>
    Close,

    /// <summary>AA-3</summary>
    IndicateAbortAndClose,

    /// <summary>AA-4</summary>
    IndicateProviderAbort,

    /// <summary>AA-5</summary>
    StopArtimAfterClose,

    /// <summary>AA-6</summary>
    Ignore,

    /// <summary>AA-7</summary>
    SendProviderAbort,

    /// <summary>AA-8</summary>
    SendProviderAbortAndIndicate,
}
