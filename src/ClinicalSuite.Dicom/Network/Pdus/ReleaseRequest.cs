namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>A-RELEASE-RQ (PS3.8 9.3.6).</summary>
public sealed record ReleaseRequest : Pdu
{
    internal override PduType Type => PduType.ReleaseRequest;

    internal override void WriteBody(PduBuilder builder) => builder.Zeros(4);
}
