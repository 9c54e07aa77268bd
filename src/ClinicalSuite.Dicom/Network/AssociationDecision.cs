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
    public sealed record Accept(SupportedServices Services) : AssociationDecision;

    /// <summary>Refuse it (PS3.8 table 9-21). Nothing is sent after the refusal.</summary>
    public sealed record Reject(RejectResult Result, RejectSource Source, byte Reason) : AssociationDecision
    {
        public static Reject CallingAeTitleNotRecognized { get; } =
            new(RejectResult.Permanent, RejectSource.ServiceUser, 3);

        public static Reject CalledAeTitleNotRecognized { get; } =
            new(RejectResult.Permanent, RejectSource.ServiceUser, 7);

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
