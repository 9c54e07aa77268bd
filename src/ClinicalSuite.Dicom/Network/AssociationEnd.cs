namespace ClinicalSuite.Dicom.Network;

/// <summary>How an association ended.</summary>
public abstract record AssociationEnd
{
    private AssociationEnd()
    {
    }

    /// <summary>A-RELEASE, the orderly end.</summary>
    public sealed record Released : AssociationEnd;

    /// <summary>The association was refused, by us or (on the requesting side) by the peer.</summary>
    /// <param name="Detail">More than the peer is told, where we refused it.</param>
    public sealed record Rejected(Pdus.AssociateReject Reject, string Detail = "") : AssociationEnd;

    /// <summary>The peer sent A-ABORT.</summary>
    public sealed record AbortedByPeer(AbortSource Source, AbortReason Reason) : AssociationEnd;

    /// <summary>We sent A-ABORT; <paramref name="Problem"/> says why in words.</summary>
    public sealed record AbortedHere(AbortReason Reason, string Problem) : AssociationEnd;

    /// <summary>The transport closed, or never carried an association; no PDU ended it.</summary>
    /// <param name="IsStalled">The peer took nothing of what we sent: what is left of it will never leave.</param>
    public sealed record Disconnected(string Problem, bool IsStalled = false) : AssociationEnd;

    /// <summary>One line for a log; holds no patient data, since no part of it comes from a data set.</summary>
    public string Describe() => this switch
    {
        Released => "released",
        Rejected { Reject: var r, Detail: var detail } =>
            $"rejected ({r.Result}, {r.Source}, reason {r.Reason}: {r.Description}){(detail.Length > 0 ? ": " + detail : "")}",
        AbortedByPeer a => $"aborted by the peer (source {(byte)a.Source}, reason {(byte)a.Reason})",
        AbortedHere a => $"aborted: {a.Problem}",
        Disconnected d => $"disconnected: {d.Problem}",
        _ => "",
    };
}
