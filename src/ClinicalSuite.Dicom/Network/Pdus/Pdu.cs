namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>
/// One protocol data unit of the upper layer (PS3.8 9.3), all but P-DATA-TF, which is never built in memory.
/// </summary>
public abstract record Pdu
{
    internal abstract PduType Type { get; }

    internal abstract void WriteBody(PduBuilder builder);
}
