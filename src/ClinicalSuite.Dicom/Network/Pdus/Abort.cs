namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>A-ABORT (PS3.8 9.3.8). The reason counts only where the source is the service provider.</summary>
public sealed record Abort(AbortSource Source, AbortReason Reason) : Pdu
{
    internal override PduType Type => PduType.Abort;

    internal static Abort Parse(ref PduItems items)
    {
        items.Bytes(2, "reserved bytes");
        var source = (AbortSource)items.Byte("source");
        return new(source, (AbortReason)items.Byte("reason"));
    }

    internal override void WriteBody(PduBuilder builder)
    {
        builder.Zeros(2);
        builder.Byte((byte)Source);
        builder.Byte((byte)Reason);
    }
}
