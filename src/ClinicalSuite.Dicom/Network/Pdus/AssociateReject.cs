namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>A-ASSOCIATE-RJ (PS3.8 9.3.4, table 9-21).</summary>
public sealed record AssociateReject(RejectResult Result, RejectSource Source, byte Reason) : Pdu
{
    internal override PduType Type => PduType.AssociateReject;

    /// <summary>True if the same request may succeed later.</summary>
    public bool IsTransient => Result == RejectResult.Transient;

    /// <summary>The reason in the standard's words.</summary>
    public string Description => (Source, Reason) switch
    {
        (RejectSource.ServiceUser, 2) => "application context name not supported",
        (RejectSource.ServiceUser, 3) => "calling AE title not recognized",
        (RejectSource.ServiceUser, 7) => "called AE title not recognized",
        (RejectSource.ServiceProviderAcse, 2) => "protocol version not supported",
        (RejectSource.ServiceProviderPresentation, 1) => "temporary congestion",
        (RejectSource.ServiceProviderPresentation, 2) => "local limit exceeded",
        _ => "no reason given",
    };

    internal static AssociateReject Parse(ref PduItems items)
    {
        items.Byte("reserved byte");
        var result = (RejectResult)items.Byte("result");
        var source = (RejectSource)items.Byte("source");
        return new(result, source, items.Byte("reason"));
    }

    internal override void WriteBody(PduBuilder builder)
    {
        builder.Byte(0);
        builder.Byte((byte)Result);
        builder.Byte((byte)Source);
        builder.Byte(Reason);
    }
}
