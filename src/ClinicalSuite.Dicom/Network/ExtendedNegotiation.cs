namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// SOP class extended negotiation (PS3.7 D.3.3.5): what the bytes say is the matter of the service class, for
/// query/retrieve PS3.4 C.5.
/// </summary>
public sealed record ExtendedNegotiation(string SopClassUid, ReadOnlyMemory<byte> Information)
{
    /// <summary>True if the byte at that place, counted from 0, is 1; missing bytes are 0.</summary>
    public bool Asks(int place) => place < Information.Length && Information.Span[place] == 1;

    /// <summary>What both sides support: the bytes that are 1 here and there (PS3.4 C.5.1.1).</summary>
    public ExtendedNegotiation Common(ReadOnlySpan<byte> supported)
    {
        var agreed = new byte[Information.Length];
        for (var place = 0; place < agreed.Length && place < supported.Length; place++)
        {
            agreed[place] = (byte)(Asks(place) && supported[place] == 1 ? 1 : 0);
        }
        return this with { Information = agreed };
    }
}
