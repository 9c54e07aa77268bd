namespace ClinicalSuite.Dicom.Network;

/// <summary>The one answer to an A-ASSOCIATE-RQ.</summary>
public abstract record AssociationDecision
{
    private AssociationDecision()
    {
    }

    /// <summary>
    /// Take the association; each proposed context is then answered from <paramref name="Services"/>.
    /// </summary>
    public sealed record Accept(SupportedServices Services) : AssociationDecision
    {
        /// <summary>The user identity was checked and found right; the requestor is told if it asked.</summary>
        public bool ConfirmsIdentity { get; init; }
    }

    /// <summary>Refuse it (PS3.8 table 9-21). Nothing is sent after the refusal.</summary>
    public sealed record Reject(RejectResult Result, RejectSource Source, byte Reason) : AssociationDecision
    {
        /// <summary>More than the standard's words, for our own log; the peer is not told.</summary>
        public string Detail { get; init; } = "";

        public static Reject CallingAeTitleNotRecognized { get; } =
            new(RejectResult.Permanent, RejectSource.ServiceUser, 3);

        public static Reject CalledAeTitleNotRecognized { get; } =
            new(RejectResult.Permanent, RejectSource.ServiceUser, 7);

        /// <summary>The user identity is not accepted; the standard has no reason of its own for it.</summary>
        public static Reject IdentityRefused { get; } =
            new(RejectResult.Permanent, RejectSource.ServiceUser, 1);

        public static Reject TemporaryCongestion { get; } =
            new(RejectResult.Transient, RejectSource.ServiceProviderPresentation, 1);

        public static Reject LocalLimitExceeded { get; } =
            new(RejectResult.Transient, RejectSource.ServiceProviderPresentation, 2);

        internal static Reject ApplicationContextNotSupported { get; } =
            new(RejectResult.Permanent, RejectSource.ServiceUser, 2);

        internal static Reject ProtocolVersionNotSupported { get; } =
            new(RejectResult.Permanent, RejectSource.ServiceProviderAcse, 2);
    }
}
