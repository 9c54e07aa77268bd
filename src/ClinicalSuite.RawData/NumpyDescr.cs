using System.Numerics;

namespace ClinicalSuite.RawData;

/// <summary>NumPy's short names of number types: byte order, kind and size, e.g. <c>&lt;f4</c>.</summary>
internal static class NumpyDescr
{
    private static readonly (string Descr, NumpyType Type, int Bytes, Type Element)[] Known =
    [
        ("b1", NumpyType.Bool, 1, typeof(bool)),
        ("i1", NumpyType.Int8, 1, typeof(sbyte)),
        ("u1", NumpyType.UInt8, 1, typeof(byte)),
        ("i2", NumpyType.Int16, 2, typeof(short)),
        ("u2", NumpyType.UInt16, 2, typeof(ushort)),
        ("i4", NumpyType.Int32, 4, typeof(int)),
        ("u4", NumpyType.UInt32, 4, typeof(uint)),
        ("i8", NumpyType.Int64, 8, typeof(long)),
        ("u8", NumpyType.UInt64, 8, typeof(ulong)),
        ("f2", NumpyType.Float16, 2, typeof(Half)),
        ("f4", NumpyType.Float32, 4, typeof(float)),
        ("f8", NumpyType.Float64, 8, typeof(double)),
        ("c8", NumpyType.Complex64, 8, typeof(Complex64)),
        ("c16", NumpyType.Complex128, 16, typeof(Complex)),
    ];

    /// <returns>Null for what is not read: text, dates, objects, structures.</returns>
    public static (NumpyType Type, bool IsBigEndian)? Parse(string descr)
    {
        if (descr.Length < 3 || descr[0] is not ('<' or '>' or '=' or '|'))
        {
            return null;
        }

        foreach (var (known, type, bytes, _) in Known)
        {
            // '|' (order not applicable) is for single bytes only.
            if (descr.AsSpan(1).SequenceEqual(known) && (bytes == 1 || descr[0] != '|'))
            {
                return (type, descr[0] == '>');
            }
        }

        return null;
    }

    public static int Bytes(NumpyType type) => Known.First(known => known.Type == type).Bytes;

    /// <exception cref="ArgumentException">NumPy has no such type.</exception>
    public static string Of<T>()
    {
        var (descr, _, bytes, element) = Known.FirstOrDefault(known => known.Element == typeof(T));
        return element is null
            ? throw new ArgumentException($"no NumPy type for {typeof(T).Name}")
            : (bytes == 1 ? "|" : "<") + descr;
    }
}
