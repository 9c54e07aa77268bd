using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace ClinicalSuite.RawData;

/// <summary>A NIfTI-1 image (.nii or .nii.gz), scaled as its header says.</summary>
public sealed class NiftiImage
{
    private const long FreeBytes = 16L << 20;

    /// <summary>Column, row, slice, then what there is beyond (time, ...); the first axis varies fastest.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>Stored value * scl_slope + scl_inter.</summary>
    public required float[] Values { get; init; }

    /// <summary>Three rows of four: (column, row, slice, 1) -> RAS mm (x to the right, y to the front, z to the head).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> AffineRas { get; init; }

    public required NiftiOrientation Orientation { get; init; }

    /// <exception cref="RawDataFormatException">Not NIfTI-1, a type that is not read, damaged, or larger than the limits.</exception>
    public static NiftiImage Open(string path, RawDataLimits? limits = null)
    {
        using var file = File.OpenRead(path);
        return Read(file, path, limits);
    }

    /// <summary>Reads from the start of a stream that can seek; compressed where it begins like gzip.</summary>
    /// <param name="name">As messages name it.</param>
    /// <exception cref="RawDataFormatException">As <see cref="Open"/>.</exception>
    public static NiftiImage Read(Stream stream, string name, RawDataLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= RawDataLimits.Usual;
        var start = stream.Position;
        Span<byte> magic = stackalloc byte[2];
        var isCompressed = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic.SequenceEqual((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        stream.Position = start;
        var bytes = stream.Length - start;
        if (!isCompressed)
        {
            return Read(new RawDataInput(stream, name, bytes), bytes, limits);
        }

        using var inflated = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        return Read(new RawDataInput(inflated, name, null), FreeBytes + (bytes * limits.InflateRatio), limits);
    }

    /// <param name="mostBytes">What the file can hold at most, header included.</param>
    private static NiftiImage Read(RawDataInput input, long mostBytes, RawDataLimits limits)
    {
        var header = NiftiHeader.Read(input);
        var shape = header.Shape();
        var elementBytes = ElementBytes(header.DataType);
        if (elementBytes == 0)
        {
            throw input.Fault($"numbers of NIfTI type {header.DataType} are not read", 70);
        }

        if (header.DataOffset is < NiftiHeader.Bytes || header.DataOffset - NiftiHeader.Bytes > limits.HeaderBytes)
        {
            throw input.Fault($"the image begins at byte {header.DataOffset}", 108);
        }

        var count = 1L;
        foreach (var axis in shape)
        {
            count *= axis;
            if (count > Array.MaxLength || count * sizeof(float) > limits.ArrayBytes
                || header.DataOffset + (count * elementBytes) > mostBytes)
            {
                throw input.Fault($"an image of {string.Join(" x ", shape)} is more than the file or the limit of {limits.ArrayBytes} bytes holds", 40);
            }
        }

        var (affine, orientation) = header.Orientation();
        input.Skip(header.DataOffset - NiftiHeader.Bytes);
        return new NiftiImage
        {
            Shape = shape,
            Values = Scale(ReadValues(input, header, (int)count), header.Slope, header.Intercept),
            AffineRas = affine,
            Orientation = orientation,
        };
    }

    private static int ElementBytes(short type) => type switch
    {
        2 or 256 => 1,
        4 or 512 => 2,
        8 or 16 or 768 => 4,
        64 or 1024 or 1280 => 8,
        _ => 0,
    };

    private static float[] ReadValues(RawDataInput input, NiftiHeader header, int count)
    {
        return header.DataType switch
        {
            2 => Array.ConvertAll(Of<byte>(), value => (float)value),
            256 => Array.ConvertAll(Of<sbyte>(), value => (float)value),
            4 => Array.ConvertAll(Of<short>(), value => (float)value),
            512 => Array.ConvertAll(Of<ushort>(), value => (float)value),
            8 => Array.ConvertAll(Of<int>(), value => (float)value),
            768 => Array.ConvertAll(Of<uint>(), value => (float)value),
            1024 => Array.ConvertAll(Of<long>(), value => (float)value),
            1280 => Array.ConvertAll(Of<ulong>(), value => (float)value),
            64 => Array.ConvertAll(Of<double>(), value => (float)value),
            _ => Of<float>(),
        };

        T[] Of<T>()
            where T : unmanaged => input.ReadValues<T>(count, Unsafe.SizeOf<T>(), header.IsBigEndian);
    }

    /// <summary>A slope of 0 means that nothing is scaled; one that is no number is what some writers put for that.</summary>
    private static float[] Scale(float[] values, float slope, float intercept)
    {
        if (slope == 0 || !float.IsFinite(slope) || (slope == 1 && intercept == 0))
        {
            return values;
        }

        var offset = float.IsFinite(intercept) ? intercept : 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((values[i] * (double)slope) + offset);
        }

        return values;
    }
}
