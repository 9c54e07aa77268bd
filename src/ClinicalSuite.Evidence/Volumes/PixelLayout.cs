using System.Buffers.Binary;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>How a stored value lies in its bits (PS3.5 8.1.1).</summary>
internal readonly record struct PixelLayout(int BitsAllocated, int BitsStored, int HighBit, bool IsSigned)
{
    public bool IsPlausible =>
        BitsStored >= 1 && BitsStored <= BitsAllocated && HighBit >= BitsStored - 1 && HighBit < BitsAllocated;

    /// <summary>Stored little-endian values to units: value * slope + intercept. Bits beside the stored ones (old overlays) are ignored.</summary>
    public void Rescale(ReadOnlySpan<byte> bytes, double slope, double intercept, Span<float> target)
    {
        // Shifted to the top of 32 bits and back: sign or zero extension of the stored bits alone.
        var up = 31 - HighBit;
        var down = 32 - BitsStored;
        for (var pixel = 0; pixel < target.Length; pixel++)
        {
            var raw = BitsAllocated switch
            {
                8 => bytes[pixel],
                16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(pixel * 2)..]),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(pixel * 4)..]),
            };
            var top = raw << up;
            double value = IsSigned ? unchecked((int)top) >> down : top >> down;
            target[pixel] = (float)((value * slope) + intercept);
        }
    }
}
