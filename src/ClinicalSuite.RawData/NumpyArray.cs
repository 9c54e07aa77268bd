using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClinicalSuite.RawData;

/// <summary>An array of an .npy file. In memory always C order (last axis fastest) and this machine's byte order.</summary>
public sealed class NumpyArray
{
    private readonly Array _values;

    private NumpyArray(NumpyType type, IReadOnlyList<int> shape, Array values)
    {
        (Type, Shape, _values) = (type, shape, values);
    }

    public NumpyType Type { get; }

    /// <summary>Length of each axis, slowest first; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    public int Count => _values.Length;

    public bool IsComplex => Type is NumpyType.Complex64 or NumpyType.Complex128;

    /// <exception cref="RawDataFormatException">Not an .npy file, a type that is not read, or bytes missing or left over.</exception>
    public static NumpyArray Open(string path, RawDataLimits? limits = null)
    {
        using var file = File.OpenRead(path);
        return Read(file, path, limits);
    }

    /// <summary>Reads from the stream's place to its end.</summary>
    /// <param name="name">As messages name it.</param>
    /// <exception cref="RawDataFormatException">As <see cref="Open"/>.</exception>
    public static NumpyArray Read(Stream stream, string name, RawDataLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= RawDataLimits.Usual;
        var input = new RawDataInput(stream, name, stream.CanSeek ? stream.Length - stream.Position : null);
        var header = NumpyHeader.Read(input, limits);
        var (type, isBigEndian) = NumpyDescr.Parse(header.Descr) ?? throw input.Fault("a type of numbers that is not read", 10);
        var count = CountOf(header.Shape, NumpyDescr.Bytes(type), input, limits);
        var values = ReadElements(input, type, count, isBigEndian, header);
        if (!input.IsAtEnd())
        {
            throw input.Fault("bytes follow the last number");
        }

        return new NumpyArray(type, header.Shape, values);
    }

    /// <summary>Version 1, C order, little-endian: the same numbers give the same bytes.</summary>
    /// <exception cref="ArgumentException">The shape does not hold the numbers, or NumPy has no such type.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values, params IReadOnlyList<int> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Aggregate(1L, (product, axis) => product * axis) != values.Length)
        {
            throw new ArgumentException($"{values.Length} numbers for a shape of {string.Join(" x ", shape)}", nameof(shape));
        }

        const int Step = 1 << 18;
        stream.Write(NumpyHeader.Compose(NumpyDescr.Of<T>(), shape));
        for (; values.Length > 0; values = values[Math.Min(Step, values.Length)..])
        {
            stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(Step, values.Length)]));
        }
    }

    /// <summary>The array itself, not a copy.</summary>
    /// <exception cref="ArgumentException">Its numbers are of another type.</exception>
    public T[] Values<T>()
        where T : unmanaged =>
        _values.GetType() == typeof(T[]) ? (T[])_values : throw new ArgumentException($"the array holds {Type}, asked for {typeof(T).Name}");

    /// <summary>Real numbers as float; those of 32 bits and more are rounded.</summary>
    /// <exception cref="InvalidOperationException">The array is complex.</exception>
    public float[] ToSingle() => Type switch
    {
        // Not by pattern on the array: to the runtime an sbyte[] is a byte[] as well.
        NumpyType.Bool or NumpyType.UInt8 => Convert<byte>(),
        NumpyType.Int8 => Convert<sbyte>(),
        NumpyType.Int16 => Convert<short>(),
        NumpyType.UInt16 => Convert<ushort>(),
        NumpyType.Int32 => Convert<int>(),
        NumpyType.UInt32 => Convert<uint>(),
        NumpyType.Int64 => Convert<long>(),
        NumpyType.UInt64 => Convert<ulong>(),
        NumpyType.Float16 => Convert<Half>(),
        NumpyType.Float32 => Convert<float>(),
        NumpyType.Float64 => Convert<double>(),
        _ => throw new InvalidOperationException("a complex array has no real numbers"),
    };

    private float[] Convert<T>()
        where T : unmanaged, INumberBase<T> => Array.ConvertAll(Values<T>(), float.CreateTruncating);

    private static int CountOf(IReadOnlyList<int> shape, int elementBytes, RawDataInput input, RawDataLimits limits)
    {
        var count = 1L;
        foreach (var axis in shape)
        {
            // Each factor is below 2^31, and the product is kept below 2^31 by the next line: no overflow.
            count *= axis;
            if (count > Array.MaxLength || count * elementBytes > Math.Min(limits.ArrayBytes, input.Remaining ?? long.MaxValue))
            {
                throw input.Fault(
                    input.Remaining < count * elementBytes
                        ? $"a shape of {string.Join(" x ", shape)} does not fit in the {input.Remaining} bytes that follow"
                        : $"a shape of {string.Join(" x ", shape)} is beyond the limit of {limits.ArrayBytes} bytes");
            }
        }

        return (int)count;
    }

    private static Array ReadElements(RawDataInput input, NumpyType type, int count, bool isBigEndian, NumpyHeader header)
    {
        return type switch
        {
            NumpyType.Bool => Truth(Of<byte>()),
            NumpyType.UInt8 => Of<byte>(),
            NumpyType.Int8 => Of<sbyte>(),
            NumpyType.Int16 => Of<short>(),
            NumpyType.UInt16 => Of<ushort>(),
            NumpyType.Int32 => Of<int>(),
            NumpyType.UInt32 => Of<uint>(),
            NumpyType.Int64 => Of<long>(),
            NumpyType.UInt64 => Of<ulong>(),
            NumpyType.Float16 => Of<Half>(),
            NumpyType.Float32 => Of<float>(),
            NumpyType.Float64 => Of<double>(),
            NumpyType.Complex64 => InParts<Complex64>(4),
            _ => InParts<Complex>(8),
        };

        T[] Of<T>()
            where T : unmanaged => InParts<T>(Unsafe.SizeOf<T>());

        T[] InParts<T>(int bytesOfPart)
            where T : unmanaged
        {
            var values = input.ReadValues<T>(count, bytesOfPart, isBigEndian);
            return header.IsFortranOrder ? ToCOrder(values, header.Shape) : values;
        }

        static byte[] Truth(byte[] bytes) => Array.ConvertAll(bytes, value => (byte)(value != 0 ? 1 : 0));
    }

    /// <summary>First axis fastest to last axis fastest: walks the target in order and steps through the source.</summary>
    private static T[] ToCOrder<T>(T[] source, IReadOnlyList<int> shape)
    {
        if (shape.Count < 2 || source.Length == 0)
        {
            return source;
        }

        var target = new T[source.Length];
        var strides = new int[shape.Count];
        strides[0] = 1;
        for (var axis = 1; axis < shape.Count; axis++)
        {
            strides[axis] = strides[axis - 1] * shape[axis - 1];
        }

        var index = new int[shape.Count];
        var from = 0;
        for (var to = 0; to < target.Length; to++)
        {
            target[to] = source[from];
            for (var axis = shape.Count - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return target;
    }
}
