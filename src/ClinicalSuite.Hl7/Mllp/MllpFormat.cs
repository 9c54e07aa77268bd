using System.Buffers;

namespace ClinicalSuite.Hl7.Mllp;

/// <summary>The envelope of the Minimal Lower Layer Protocol: VT, message, FS, CR.</summary>
internal static class MllpFormat
{
    public const byte StartBlock = 0x0B;
    public const byte EndBlock = 0x1C;
    public const byte CarriageReturn = 0x0D;

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> message)
    {
        output.Write([StartBlock]);
        output.Write(message);
        output.Write([EndBlock, CarriageReturn]);
    }
}
