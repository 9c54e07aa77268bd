using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClinicalSuite.Imaging;

/// <summary>
/// Element by element operations on rows of numbers. Every form does the same IEEE operations on each element (no fused
/// multiply-add), so results are bit-identical with and without SIMD.
/// </summary>
public static class RowArithmetic
{
    /// <summary>destination = source * weight.</summary>
    public static void Multiply(ReadOnlySpan<float> source, float weight, Span<float> destination)
    {
        Debug.Assert(source.Length >= destination.Length, "lengths");
        ref var s = ref MemoryMarshal.GetReference(source);
        ref var d = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var w = Vector256.Create(weight);
            for (; i <= destination.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                (Vector256.LoadUnsafe(ref s, (nuint)i) * w).StoreUnsafe(ref d, (nuint)i);
            }
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = source[i] * weight;
        }
    }

    /// <summary>destination += (a + b) * weight: one pair of taps of a symmetric filter.</summary>
    public static void AddWeightedPair(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float weight, Span<float> destination)
    {
        Debug.Assert(a.Length >= destination.Length && b.Length >= destination.Length, "lengths");
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b);
        ref var d = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var w = Vector256.Create(weight);
            for (; i <= destination.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var pair = Vector256.LoadUnsafe(ref first, (nuint)i) + Vector256.LoadUnsafe(ref second, (nuint)i);
                (Vector256.LoadUnsafe(ref d, (nuint)i) + (pair * w)).StoreUnsafe(ref d, (nuint)i);
            }
        }

        for (; i < destination.Length; i++)
        {
            destination[i] += (a[i] + b[i]) * weight;
        }
    }

    /// <summary>destination = min(destination, source + offset): one step of a min-plus convolution. No NaN.</summary>
    public static void MinimumWithOffset(ReadOnlySpan<float> source, float offset, Span<float> destination)
    {
        Debug.Assert(source.Length >= destination.Length, "lengths");
        ref var s = ref MemoryMarshal.GetReference(source);
        ref var d = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var o = Vector256.Create(offset);
            for (; i <= destination.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var candidate = Vector256.LoadUnsafe(ref s, (nuint)i) + o;
                Vector256.Min(Vector256.LoadUnsafe(ref d, (nuint)i), candidate).StoreUnsafe(ref d, (nuint)i);
            }
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = Math.Min(destination[i], source[i] + offset);
        }
    }

    /// <summary>destination = max(destination, source). No NaN.</summary>
    public static void Maximum(ReadOnlySpan<float> source, Span<float> destination)
    {
        Debug.Assert(source.Length >= destination.Length, "lengths");
        ref var s = ref MemoryMarshal.GetReference(source);
        ref var d = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= destination.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var larger = Vector256.Max(Vector256.LoadUnsafe(ref d, (nuint)i), Vector256.LoadUnsafe(ref s, (nuint)i));
                larger.StoreUnsafe(ref d, (nuint)i);
            }
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = Math.Max(destination[i], source[i]);
        }
    }
}
