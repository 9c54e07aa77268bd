using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using ClinicalSuite.RawData;
using ClinicalSuite.Standards.Tests.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.RawData;

public sealed class NiftiImageTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(256, 1)]
    [InlineData(4, 2)]
    [InlineData(512, 2)]
    [InlineData(8, 4)]
    [InlineData(768, 4)]
    [InlineData(16, 4)]
    [InlineData(64, 8)]
    [InlineData(1024, 8)]
    [InlineData(1280, 8)]
    public void Numbers_of_each_type_and_byte_order_are_read_and_scaled(short type, int bytes)
    {
        foreach (var big in new[] { false, true })
        {
            var file = NiftiFile.Write([3, 2, 2], type, bytes, big, slope: 2, intercept: -1);

            var image = NiftiImage.Read(new MemoryStream(file), "some.nii");

            Assert.Equal([3, 2, 2], image.Shape);
            Assert.Equal(Enumerable.Range(0, 12).Select(i => (i * 2f) - 1), image.Values);
        }
    }

    [Fact]
    public void A_slope_of_zero_scales_nothing()
    {
        var image = NiftiImage.Read(new MemoryStream(NiftiFile.Write([2, 1, 1], 4, 2, false, slope: 0, intercept: 7)), "some.nii");

        Assert.Equal([0f, 1f], image.Values);
    }

    [Fact]
    public void The_sform_wins_over_the_qform_and_units_become_millimetres()
    {
        var file = NiftiFile.Write([2, 2, 2], 2, 1, false);
        NiftiFile.Short(file, 252, 1);
        NiftiFile.Short(file, 254, 2);
        file[123] = 1; // metres
        float[] rows = [-0.001f, 0, 0, 0.1f, 0, 0.002f, 0, 0.2f, 0, 0, 0.003f, 0.3f];
        for (var i = 0; i < rows.Length; i++)
        {
            NiftiFile.Float(file, 280 + (4 * i), rows[i]);
        }

        var image = NiftiImage.Read(new MemoryStream(file), "some.nii");

        Assert.Equal(NiftiOrientation.Sform, image.Orientation);
        AssertClose([[-1, 0, 0, 100], [0, 2, 0, 200], [0, 0, 3, 300]], image.AffineRas);
    }

    [Fact]
    public void The_qform_is_a_rotation_with_a_mirrored_third_axis()
    {
        // A quarter turn about z (a = d = 1/sqrt 2) maps x to y and y to -x.
        var file = NiftiFile.Write([2, 2, 2], 2, 1, false);
        NiftiFile.Short(file, 252, 1);
        NiftiFile.Float(file, 76, -1);
        NiftiFile.Float(file, 80, 2);
        NiftiFile.Float(file, 84, 3);
        NiftiFile.Float(file, 88, 4);
        NiftiFile.Float(file, 264, (float)Math.Sqrt(0.5));
        NiftiFile.Float(file, 268, 10);
        NiftiFile.Float(file, 272, 20);
        NiftiFile.Float(file, 276, 30);

        var image = NiftiImage.Read(new MemoryStream(file), "some.nii");

        Assert.Equal(NiftiOrientation.Qform, image.Orientation);
        AssertClose([[0, -3, 0, 10], [2, 0, 0, 20], [0, 0, -4, 30]], image.AffineRas);
    }

    [Theory]
    [InlineData(0, 540, "NIfTI-2")]
    [InlineData(0, 7, "does not begin with 348")]
    [InlineData(344, 0x0031696E, "two files")]
    [InlineData(344, 0, "'n+1' is not at its place")]
    [InlineData(40, 0, "0 axes")]
    [InlineData(40, 0x7FFF0003, "more than the file")]
    [InlineData(42, 0, "axis 1 has a size of 0")]
    [InlineData(70, 32, "type 32")]
    [InlineData(108, 0x7FC00000, "an offset of the image")]
    public void A_header_that_does_not_fit_is_refused_with_file_offset_and_reason(int at, int word, string reason)
    {
        var file = NiftiFile.Write([3, 2, 2], 4, 2, false);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), word);

        var refusal = Assert.Throws<RawDataFormatException>(() => NiftiImage.Read(new MemoryStream(file), "some.nii"));

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal("some.nii", refusal.File);
        Assert.NotNull(refusal.Offset);
    }

    [Fact]
    public void A_compressed_file_that_claims_more_than_deflate_can_yield_is_refused()
    {
        var file = NiftiFile.Write([3, 2, 2], 4, 2, false);
        NiftiFile.Short(file, 42, 2000);
        NiftiFile.Short(file, 44, 2000);
        NiftiFile.Short(file, 46, 100);

        var refusal = Assert.Throws<RawDataFormatException>(() => NiftiImage.Read(new MemoryStream(Gzip(file)), "bomb.nii.gz"));

        Assert.Contains("more than the file", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_ends_early_is_refused()
    {
        var file = Gzip(NiftiFile.Write([30, 20, 20], 4, 2, false));

        Assert.Throws<RawDataFormatException>(() => NiftiImage.Read(new MemoryStream(file[..(file.Length / 2)]), "cut.nii.gz"));
    }

    [Fact]
    public void Mutants_are_read_or_refused_within_bounded_memory()
    {
        var original = NiftiFile.Write([5, 4, 3], 4, 2, false, slope: 2);
        NiftiFile.Short(original, 252, 1);
        RawDataMutants.Survive(original, bytes => NiftiImage.Read(new MemoryStream(bytes), "mutant"), most: 1 << 16);
        // Compressed, a header may claim up to the free bytes before the end of the data shows that it lied.
        RawDataMutants.Survive(Gzip(original), bytes => NiftiImage.Read(new MemoryStream(bytes), "mutant"), most: 128 << 20);
    }

    [Theory]
    [InlineData("vessels/niivue/CT_AVM.nii.gz")]
    [InlineData("vessels/ts_reference/example_ct_sm.nii.gz")]
    [InlineData("vessels/ts_reference/example_seg.nii.gz")]
    [InlineData("vessels/topcow_labels/topcow_mr_roi_003.nii.gz")]
    public void Real_files_are_read_as_numpy_reads_their_bytes(string name)
    {
        var path = Path.Combine(SharedData.Folder(Path.GetDirectoryName(name)!), Path.GetFileName(name));
        var said = NumPy.Run(
            """
            import gzip, numpy, struct, sys
            b = gzip.open(sys.argv[1]).read()
            e = '<' if struct.unpack('<i', b[:4])[0] == 348 else '>'
            dim = struct.unpack(e + '8h', b[40:56]); kind = struct.unpack(e + 'h', b[70:72])[0]
            at = int(struct.unpack(e + 'f', b[108:112])[0]); slope, inter = struct.unpack(e + '2f', b[112:120])
            t = {2:'u1', 4:'i2', 8:'i4', 16:'f4', 64:'f8', 256:'i1', 512:'u2', 768:'u4'}[kind]
            a = numpy.frombuffer(b, e + t, offset=at).astype(float)
            if slope == slope and slope != 0: a = a * slope + inter
            print(dim[1], dim[2], dim[3], a.sum(), a.min(), a.max(), (a * numpy.arange(len(a))).sum())
            """, path).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();

        var image = NiftiImage.Open(path);

        Assert.Equal(said[..3], image.Shape.Select(size => (double)size));
        var values = image.Values.Select(value => (double)value).ToArray();
        // Sums of float32 in double: the tolerance is the rounding of the values to float32.
        Assert.Equal(1, (1 + values.Sum()) / (1 + said[3]), 6);
        Assert.Equal(said[4], values.Min(), 3);
        Assert.Equal(said[5], values.Max(), 3);
        Assert.Equal(1, (1 + values.Select((value, i) => value * i).Sum()) / (1 + said[6]), 6);
        Assert.NotEqual(NiftiOrientation.None, image.Orientation);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return target.ToArray();
    }

    private static void AssertClose(double[][] expected, IReadOnlyList<IReadOnlyList<double>> affine)
    {
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                // The header holds float32.
                Assert.Equal(expected[row][column], affine[row][column], 1e-4);
            }
        }
    }
}
