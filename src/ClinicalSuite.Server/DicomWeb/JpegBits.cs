using System.Numerics;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>The entropy-coded segment of a JPEG, bit by bit.</summary>
internal sealed class JpegBits(Stream target)
{
    private int held;
    private int count;

    internal void Write(JpegCode code, int symbol)
    {
        var (word, length) = code[symbol];
        Write(word, length);
    }

    /// <summary>The category of a level with what stands before it, then its bits (T.81 F.1.2.1).</summary>
    internal void WriteLevel(JpegCode code, int run, int level)
    {
        var length = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(level));
        Write(code, run | length);
        Write((level < 0 ? level - 1 : level) & ((1 << length) - 1), length);
    }

    /// <summary>Fills the last byte with ones (T.81 F.1.2.3).</summary>
    internal void Flush() => Write(0x7F, 7);

    private void Write(int bits, int length)
    {
        held = (held << length) | bits;
        count += length;
        while (count >= 8)
        {
            var value = (byte)(held >> (count - 8));
            target.WriteByte(value);
            if (value == 0xFF)
            {
                target.WriteByte(0); // else it would be a marker
            }

            count -= 8;
        }

        held &= (1 << count) - 1;
    }
}
