using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>
/// Public samples in every syntax: lossless ones against their uncompressed member, lossy ones against the decode of
/// another implementation, by at most one grey level and 60 dB.
/// </summary>
public class CodecFamilyTests
{
    private const double LeastPsnr = 60;
    private const int MostLevels = 1;

    public static TheoryData<string, string> Lossless()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (family, members) in new[]
        {
            ("CT1", "RLE JPLL JLSL J2KR"), ("MR1", "RLE JPLL JLSL J2KR"), ("NM1", "RLE JPLL JLSL J2KR"), ("US1", "RLE J2KR"),
        })
        {
            foreach (var member in members.Split(' '))
            {
                rows.Add($"codec-wg04/{family}_{member}", $"codec-wg04/{family}_UNC");
            }
        }

        foreach (var member in new[] { "RLE", "jp2klossless", "jpeg_ls_lossless", "implicit", "bigendian", "expb", "padded" })
        {
            rows.Add($"syntax-family/MR_small_{member}.dcm", "syntax-family/MR_small.dcm");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Lossless))]
    public void Lossless_members_have_the_pixels_of_their_uncompressed_member(string member, string reference)
    {
        var read = Open(member);
        var truth = Open(reference);

        Assert.Equal(truth.NumberOfFrames, read.NumberOfFrames);
        for (var frame = 0; frame < truth.NumberOfFrames; frame++)
        {
            Assert.Equal(Frames.Values(truth, frame), Frames.Values(read, frame));
        }

        Report(member, "uncompressed member", 0, double.PositiveInfinity);
    }

    /// <summary>The judge is dcmtk.</summary>
    [Theory]
    [InlineData("codec-wg04/MR1_JPLY", "dcmdjpeg")]
    [InlineData("codec-wg04/NM1_JPLY", "dcmdjpeg")]
    [InlineData("syntax-odd/JPGExtended.dcm", "dcmdjpeg")]
    [InlineData("syntax-odd/JPGLosslessP14SV1_1s_1f_8b.dcm", "dcmdjpeg")]
    [InlineData("corrupt/bad_sequence.dcm", "dcmdjpeg")]
    [InlineData("codec-wg04/CT1_JLSN", "dcmdjpls")]
    [InlineData("codec-wg04/MR1_JLSN", "dcmdjpls")]
    [InlineData("codec-wg04/NM1_JLSN", "dcmdjpls")]
    [InlineData("syntax-odd/JLSL_RGB_ILV1.dcm", "dcmdjpls")]
    [InlineData("pixel-odd/SC_rgb_rle_16bit_2frame.dcm", "dcmdrle")]
    [InlineData("pixel-odd/SC_rgb_rle_32bit_2frame.dcm", "dcmdrle")]
    [InlineData("us-multiframe/OBXXXX1A_rle_2frame.dcm", "dcmdrle")]
    public void Members_decode_as_dcmtk_decodes_them(string member, string judge)
    {
        using var folder = new TemporaryFolder();
        Peer.MustRun(judge, Path.Combine(SharedData.Folder("dicom"), member), folder["judge.dcm"]);
        var read = Open(member);
        var judged = DicomPixelData.Create(DicomFile.Open(folder["judge.dcm"]));

        for (var frame = 0; frame < read.NumberOfFrames; frame++)
        {
            Demand(member, judge, Frames.Values(read, frame), Frames.Values(judged, frame), read.BitsStored);
        }
    }

    /// <summary>The judge is OpenJPEG's own program; of HTJ2K, the independent OpenJPH as well.</summary>
    [Theory]
    [InlineData("codec-wg04/CT1_J2KI")]
    [InlineData("codec-wg04/MR1_J2KI")]
    [InlineData("codec-wg04/NM1_J2KI")]
    [InlineData("codec-wg04/US1_J2KI")]
    [InlineData("ct/osirix-toutatix-100.dcm")]
    [InlineData("corrupt/explicit_VR-UN.dcm")]
    [InlineData("corrupt/GH064.dcm")]
    [InlineData("syntax-odd/HTJ2KLossless_08_RGB.dcm")]
    public void Jpeg2000_members_decode_as_openjpeg_decodes_them(string member)
    {
        var read = Open(member);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["frame.j2k"], Frames.Encoded(read, 0));
        Peer.MustRun("opj_decompress", "-i", folder["frame.j2k"], "-o", folder["frame.rawl"]);

        Demand(member, "opj_decompress", Frames.Values(read, 0), Raw(folder["frame.rawl"], read), read.BitsStored);
    }

    [Fact]
    public void High_throughput_jpeg2000_decodes_as_openjph_decodes_it()
    {
        const string Member = "syntax-odd/HTJ2KLossless_08_RGB.dcm";
        var read = Open(Member);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["frame.j2c"], Frames.Encoded(read, 0));
        Peer.MustRun("ojph_expand", "-i", folder["frame.j2c"], "-o", folder["frame.ppm"]);

        Demand(Member, "ojph_expand", Frames.Values(read, 0), Portable(folder["frame.ppm"]), 8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void Baseline_frames_decode_as_libjpeg_decodes_them(int frame)
    {
        const string Member = "us-multiframe/DIRW0007";
        var read = Open(Member);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["frame.jpg"], Frames.Encoded(read, frame));
        Peer.MustRun("djpeg", "-dct", "int", "-pnm", "-outfile", folder["frame.ppm"], folder["frame.jpg"]);
        var ours = Array.ConvertAll(read.GetRgbFrame(frame), cell => (int)cell);

        Demand($"{Member} frame {frame + 1}", "djpeg", ours, Portable(folder["frame.ppm"]), 8);
    }

    private static DicomPixelData Open(string member) =>
        DicomPixelData.Create(DicomFile.Open(Path.Combine(SharedData.Folder("dicom"), member)));

    private static void Demand(string member, string judge, int[] ours, int[] theirs, int bitsStored)
    {
        Assert.Equal(theirs.Length, ours.Length);
        var (greatest, psnr) = Frames.Compare(ours, theirs, bitsStored);
        Report(member, judge, greatest, psnr);
        Assert.InRange(greatest, 0, MostLevels);
        Assert.InRange(psnr, LeastPsnr, double.PositiveInfinity);
    }

    /// <summary>A row of the table: seen with the output of the tests.</summary>
    private static void Report(string member, string judge, int greatest, double psnr) =>
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{member,-46} {judge,-20} max {greatest,3}   {psnr,6:0.0} dB"));

    /// <summary>Little-endian samples, plane by plane, as opj_decompress writes them.</summary>
    private static int[] Raw(string path, DicomPixelData pixels)
    {
        var bytes = File.ReadAllBytes(path);
        var count = pixels.Rows * pixels.Columns;
        var size = bytes.Length / (count * pixels.SamplesPerPixel);
        var values = new int[count * pixels.SamplesPerPixel];
        for (var index = 0; index < values.Length; index++)
        {
            var at = ((index % pixels.SamplesPerPixel * count) + (index / pixels.SamplesPerPixel)) * size;
            values[index] = size == 1 ? bytes[at]
                : pixels.IsSigned ? BitConverter.ToInt16(bytes, at) : BitConverter.ToUInt16(bytes, at);
        }

        return values;
    }

    /// <summary>A PGM or PPM of 8 bits.</summary>
    private static int[] Portable(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var at = 0;
        for (var fields = 0; fields < 4; fields++)
        {
            while (!char.IsWhiteSpace((char)bytes[at]))
            {
                at++;
            }

            at++;
        }

        return Array.ConvertAll(bytes[at..], cell => (int)cell);
    }
}
