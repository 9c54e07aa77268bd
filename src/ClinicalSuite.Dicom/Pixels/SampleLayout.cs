using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Samples from and to the cells of a native frame.</summary>
internal static class SampleLayout
{
    /// <summary>Lays one component into the cells of a frame.</summary>
    /// <param name="samples">Its first sample; the next pixel's is <paramref name="step"/> further.</param>
    /// <param name="precision">Bits of a sample: in signed pixels the highest of them is the sign.</param>
    public static void Put<T>(
        FrameDescription frame, ReadOnlySpan<T> samples, int step, int component, int precision, Span<byte> cells)
        where T : unmanaged, IBinaryInteger<T>
    {
        var pixels = (int)frame.Pixels;
        var extend = frame.IsSigned ? 32 - Math.Min(precision, 32) : 0;
        var first = frame.IsPlanar ? component * pixels : component;
        var stride = frame.IsPlanar ? 1 : frame.SamplesPerPixel;
        switch (frame.BitsAllocated)
        {
            case 8:
                for (int pixel = 0, from = 0, to = first; pixel < pixels; pixel++, from += step, to += stride)
                {
                    cells[to] = unchecked((byte)(int.CreateTruncating(samples[from]) << extend >> extend));
                }

                break;
            case 16:
                var words = MemoryMarshal.Cast<byte, ushort>(cells);
                for (int pixel = 0, from = 0, to = first; pixel < pixels; pixel++, from += step, to += stride)
                {
                    words[to] = unchecked((ushort)(int.CreateTruncating(samples[from]) << extend >> extend));
                }

                break;
            default:
                for (int pixel = 0, from = 0, to = first; pixel < pixels; pixel++, from += step, to += stride)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(
                        cells[(4 * to)..], int.CreateTruncating(samples[from]) << extend >> extend);
                }

                break;
        }
    }
}
