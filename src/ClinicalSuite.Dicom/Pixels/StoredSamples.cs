using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Pixel cells to numbers (PS3.5 8.1.1): the bits stored below the high bit, signed or not.</summary>
internal static class StoredSamples
{
    /// <summary>
    /// One sample per cell. Cells of 32 unsigned bits come out as the signed number of the
    /// same bits. The destination is as long as the frame has samples.
    /// </summary>
    /// <param name="frame">Little-endian cells; one bit cells from the lowest bit of each byte on.</param>
    public static void Read(
        ReadOnlySpan<byte> frame, int bitsAllocated, int bitsStored, int highBit, bool isSigned, Span<int> samples)
    {
        switch (bitsAllocated)
        {
            case 1:
                ReadBits(frame, samples);
                return;
            case 8:
                for (var index = 0; index < samples.Length; index++)
                {
                    samples[index] = frame[index];
                }

                break;
            case 12:
                ReadPacked12(frame, samples);
                break;
            case 16:
                var words = MemoryMarshal.Cast<byte, ushort>(frame);
                for (var index = 0; index < samples.Length; index++)
                {
                    samples[index] = words[index];
                }

                break;
            default:
                for (var index = 0; index < samples.Length; index++)
                {
                    samples[index] = BinaryPrimitives.ReadInt32LittleEndian(frame[(index * 4)..]);
                }

                break;
        }

        Crop(samples, bitsStored, highBit, isSigned);
    }

    public static void ReadBits(ReadOnlySpan<byte> frame, Span<int> samples)
    {
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = (frame[index >> 3] >> (index & 7)) & 1;
        }
    }

    /// <summary>Two cells in three bytes, as ACR-NEMA packed them.</summary>
    private static void ReadPacked12(ReadOnlySpan<byte> frame, Span<int> samples)
    {
        for (var index = 0; index < samples.Length; index++)
        {
            var at = index / 2 * 3;
            samples[index] = (index & 1) == 0
                ? frame[at] | ((frame[at + 1] & 0x0F) << 8)
                : (frame[at + 1] >> 4) | (frame[at + 2] << 4);
        }
    }

    private static void Crop(Span<int> samples, int bitsStored, int highBit, bool isSigned)
    {
        var left = 31 - highBit;
        var right = 32 - bitsStored;
        if (isSigned)
        {
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] = samples[index] << left >> right;
            }
        }
        else
        {
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] = unchecked((int)((uint)samples[index] << left >> right));
            }
        }
    }
}
