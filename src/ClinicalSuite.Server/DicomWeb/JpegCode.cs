namespace ClinicalSuite.Server.DicomWeb;

/// <summary>A Huffman code of T.81 Annex K.3, used as it stands.</summary>
internal sealed class JpegCode
{
    private readonly (int Code, int Length)[] words = new (int, int)[256];

    private JpegCode(byte[] lengths, byte[] symbols)
    {
        Definition = [.. lengths, .. symbols];
        var (code, at) = (0, 0);
        for (var length = 1; length <= 16; length++)
        {
            for (var i = 0; i < lengths[length - 1]; i++)
            {
                words[symbols[at++]] = (code++, length);
            }

            code <<= 1;
        }
    }

    /// <summary>Table K.3.</summary>
    internal static JpegCode LuminanceDc { get; } =
        new([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    /// <summary>Table K.5.</summary>
    internal static JpegCode LuminanceAc { get; } = new([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125], Convert.FromHexString(
        "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A3435363738393A434445464748494A53"
        + "5455565758595A636465666768696A737475767778797A838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8"
        + "C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA"));

    /// <summary>As it stands in a DHT segment: sixteen counts and the symbols.</summary>
    internal byte[] Definition { get; }

    internal (int Code, int Length) this[int symbol] => words[symbol];
}
