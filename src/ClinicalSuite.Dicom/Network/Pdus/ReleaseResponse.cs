namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>A-RELEASE-RP (PS3.8 9.3.7).</summary>
public sealed record ReleaseResponse : Pdu
{
    internal override PduType Type => PduType.ReleaseResponse;

    internal override void WriteBody(PduBuilder builder) => builder.Zeros(4);
}
