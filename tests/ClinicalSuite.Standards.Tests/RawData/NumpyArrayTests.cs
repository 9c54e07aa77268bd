using System.Numerics;
using System.Text;
using ClinicalSuite.RawData;
using Xunit;

namespace ClinicalSuite.Standards.Tests.RawData;

public sealed class NumpyArrayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("numpy-").FullName;

    [Fact]
    public void Numbers_of_each_type_come_back_as_they_were_written()
    {
        RoundTrip<byte>([0, 1, 255], 3);
        RoundTrip<sbyte>([-128, 0, 127, 5], 2, 2);
        RoundTrip<short>([-32768, 0, 32767, 5, 6, 7], 1, 2, 3);
        RoundTrip<ushort>([65535], 1, 1, 1, 1);
        RoundTrip([int.MinValue, int.MaxValue], 2, 1);
        RoundTrip([uint.MaxValue], 1);
        RoundTrip([long.MinValue, long.MaxValue], 2);
        RoundTrip([ulong.MaxValue], 1);
        RoundTrip([Half.MinValue, Half.Epsilon], 2);
        RoundTrip([float.NaN, float.NegativeInfinity, -0f, 1e-45f], 2, 2);
        RoundTrip([double.NaN, double.Epsilon], 2);
        RoundTrip([new Complex64(1, -2), new Complex64(float.NaN, 3)], 1, 2);
        RoundTrip([new Complex(1, -2)], 1);
        RoundTrip<float>([], 0, 7);
        RoundTrip([3.5f]);
    }

    [Fact]
    public void Negative_numbers_keep_their_sign_as_floats()
    {
        Assert.Equal([-128f, 127f], NumpyArray.Read(new MemoryStream(Written<sbyte>([-128, 127], 2)), "memory").ToSingle());
        Assert.Equal([-32768f], NumpyArray.Read(new MemoryStream(Written<short>([-32768], 1)), "memory").ToSingle());
        Assert.Equal([-2f], NumpyArray.Read(new MemoryStream(Written([-2L], 1)), "memory").ToSingle());
    }

    [Fact]
    public void Equal_arrays_are_written_as_equal_bytes_that_begin_at_a_multiple_of_64()
    {
        var bytes = Written<float>([1, 2, 3, 4, 5, 6], 2, 3);

        Assert.Equal(bytes, Written<float>([1, 2, 3, 4, 5, 6], 2, 3));
        Assert.Equal(0, (bytes.Length - 24) % 64);
        Assert.Equal("\u0093NUMPY\u0001\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
            Encoding.Latin1.GetString(bytes, 0, 69));
    }

    [Fact]
    public void NumPy_reads_what_we_write()
    {
        Save("labels.npy", [1, 2, 3, 4, 5, 6], 1, 2, 3);
        Save<float>("image.npy", [1.5f, -2, 1024.25f, 4], 2, 2);
        Save("coils.npy", [new Complex64(1, 2), new Complex64(3, -4)], 2);

        var said = NumPy.Run(
            """
            import numpy, sys
            for name in sys.argv[1:]:
                a = numpy.load(name)
                print(a.dtype, a.shape, a.flags.c_contiguous, a.ravel().tolist())
            """,
            In("labels.npy"), In("image.npy"), In("coils.npy"));

        Assert.Equal(
            """
            int32 (1, 2, 3) True [1, 2, 3, 4, 5, 6]
            float32 (2, 2) True [1.5, -2.0, 1024.25, 4.0]
            complex64 (2,) True [(1+2j), (3-4j)]

            """, said);
    }

    [Fact]
    public void We_read_what_NumPy_writes_in_each_type_byte_order_version_and_layout()
    {
        var names = NumPy.Run(
            """
            import numpy, sys
            from numpy.lib import format
            folder = sys.argv[1]
            for kind in ['i1','u1','i2','u2','i4','u4','i8','u8','f2','f4','f8','c8','c16','b1']:
                for order in '<>':
                    for layout in 'CF':
                        for version in [(1, 0), (2, 0), (3, 0)]:
                            a = (numpy.arange(24) % 2 if kind == 'b1' else numpy.arange(24)).reshape(2, 3, 4)
                            a = numpy.array(a, dtype=order + kind, order=layout)
                            if kind[0] == 'c': a = numpy.array(a - 1j * a, dtype=order + kind, order=layout)
                            name = '%s/%s%s%s%d.npy' % (folder, kind, 'le' if order == '<' else 'be', layout, version[0])
                            with open(name, 'wb') as f: format.write_array(f, a, version)
                            print(name)
            """,
            _folder).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(14 * 2 * 2 * 3, names.Length);
        foreach (var name in names)
        {
            var array = NumpyArray.Open(name);
            var isTruth = array.Type == NumpyType.Bool;
            var expected = Enumerable.Range(0, 24).Select(i => (float)(isTruth ? i % 2 : i)).ToArray();

            Assert.Equal([2, 3, 4], array.Shape);
            var found = array.Type switch
            {
                NumpyType.Complex64 => [.. array.Values<Complex64>().Select(c => c.Real == -c.Imaginary ? c.Real : float.NaN)],
                NumpyType.Complex128 => [.. array.Values<Complex>().Select(c => c.Real == -c.Imaginary ? (float)c.Real : float.NaN)],
                _ => array.ToSingle(),
            };
            Assert.True(expected.SequenceEqual(found), Path.GetFileName(name));
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", "does not fit in the 12 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "bytes follow the last number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 100000, 100000), }", "does not fit")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "no whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }", "no whole number")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", "a type of numbers that is not read")]
    [InlineData("{'descr': '<U3', 'fortran_order': False, 'shape': (3,), }", "a type of numbers that is not read")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }", "structured types")]
    [InlineData("{'descr': '<f4', 'shape': (3,), }", "no 'fortran_order'")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (3,), }", "neither True nor False")]
    [InlineData("__import__('os').system('true')", "no '{'")]
    public void A_header_that_does_not_fit_is_refused_with_file_offset_and_reason(string header, string reason)
    {
        byte[] bytes = [.. "\u0093NUMPY\u0001\0"u8[1..], (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[12]];

        var refusal = Assert.Throws<RawDataFormatException>(() => NumpyArray.Read(new MemoryStream(bytes), "some.npy"));

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal("some.npy", refusal.File);
        Assert.NotNull(refusal.Offset);
    }

    [Fact]
    public void Mutants_are_read_or_refused_within_bounded_memory()
    {
        var original = Written([.. Enumerable.Range(0, 60).Select(i => (short)i)], 3, 4, 5);
        RawDataMutants.Survive(original, bytes => NumpyArray.Read(new MemoryStream(bytes), "mutant"), most: 1 << 16);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private void Save<T>(string name, T[] values, params int[] shape)
        where T : unmanaged => File.WriteAllBytes(In(name), Written(values, shape));

    private static byte[] Written<T>(T[] values, params int[] shape)
        where T : unmanaged
    {
        using var stream = new MemoryStream();
        NumpyArray.Write<T>(stream, values, shape);
        return stream.ToArray();
    }

    private static void RoundTrip<T>(T[] values, params int[] shape)
        where T : unmanaged
    {
        var back = NumpyArray.Read(new MemoryStream(Written(values, shape)), "memory");

        Assert.Equal(shape, back.Shape);
        Assert.Equal(values, back.Values<T>());
    }
}
