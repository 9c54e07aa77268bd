using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>Each readable file of the samples, written in each syntax that we write, read back: the same data set and pixels.</summary>
public class ReencodingTests
{
    private static readonly (string Name, DicomTransferSyntax Syntax, string[] Judge)[] Written =
    [
        ("implicit", DicomTransferSyntax.ImplicitVRLittleEndian, ["dcmconv", "+te"]),
        ("explicit", DicomTransferSyntax.ExplicitVRLittleEndian, ["dcmconv", "+te"]),
        ("deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian, ["dcmconv", "+te"]),
        ("rle", DicomTransferSyntax.RLELossless, ["dcmdrle"]),
        ("jpeg-lossless", DicomTransferSyntax.JPEGLosslessSV1, ["dcmdjpeg", "+cn"]),
        ("jpeg-ls", DicomTransferSyntax.JPEGLSLossless, ["dcmdjpls"]),
        ("jpeg-2000", DicomTransferSyntax.JPEG2000Lossless, ["gdcmconv", "--raw"]),
    ];

    /// <summary>What a transcoding may change, besides the pixel data itself; each is looked at on its own.</summary>
    private static readonly DicomTag[] Described =
    [
        DicomTag.PixelData, DicomTag.PhotometricInterpretation, DicomTag.PlanarConfiguration, DicomTag.BitsAllocated,
        DicomTag.LossyImageCompression, DicomTag.LossyImageCompressionRatio, DicomTag.LossyImageCompressionMethod,
        DicomTag.ExtendedOffsetTable, DicomTag.ExtendedOffsetTableLengths,
    ];

    /// <summary>Folders of the samples, with the number of objects that at least must go through.</summary>
    [Theory]
    [InlineData("codec-wg04", 27)]
    [InlineData("syntax-family", 8)]
    [InlineData("syntax-odd", 4)]
    [InlineData("pixel-odd", 9)]
    [InlineData("us-multiframe", 3)]
    [InlineData("charset", 12)]
    [InlineData("ct", 2)]
    [InlineData("ct-3slice", 3)]
    [InlineData("mr", 1)]
    [InlineData("mr-enhanced", 3)]
    [InlineData("seg", 5)]
    [InlineData("sr", 4)]
    [InlineData("pm", 2)]
    [InlineData("rt", 1)]
    [InlineData("corrupt", 5)]
    public void Files_come_back_equal_from_every_syntax_that_is_written(string folder, int least)
    {
        var whole = 0;
        var refusals = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in SharedData.DicomFiles("dicom/" + folder))
        {
            if (TryOpen(path) is not { } file)
            {
                continue;
            }

            var done = 0;
            foreach (var (name, syntax, _) in Written)
            {
                try
                {
                    Demand(file.Dataset, Again(file.Dataset, syntax), $"{Path.GetFileName(path)} in {name}", hasVRs: name != "implicit");
                    done++;
                }
                catch (DicomFormatException refusal)
                {
                    refusals.Add($"{Path.GetFileName(path),-40} {name,-14} {refusal.TagPath} {refusal.Reason}");
                }
            }

            whole += done >= 3 ? 1 : 0;
        }

        foreach (var refusal in refusals)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(refusal);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{folder}: {whole} objects equal, {refusals.Count} refused by name");
        Assert.InRange(whole, least, int.MaxValue);
        // Floats, packed bits and 32 bits have no place in some syntaxes, and an object needs its UIDs; nothing else is refused.
        Assert.DoesNotContain(refusals, refusal => folder != "corrupt" && !Known(refusal));
    }

    /// <summary>The judges are dcmtk and gdcm: they read what we wrote, and find the same pixels.</summary>
    [Theory]
    [InlineData("codec-wg04/CT1_UNC")]
    [InlineData("codec-wg04/US1_UNC")]
    [InlineData("codec-wg04/NM1_UNC")]
    [InlineData("syntax-family/MR_small.dcm")]
    [InlineData("pixel-odd/SC_rgb_rle_16bit_2frame.dcm")]
    [InlineData("pixel-odd/test16signed.dcm")]
    [InlineData("pixel-odd/TestPattern_Palette_16.dcm")]
    [InlineData("us-multiframe/color-pl.dcm")]
    [InlineData("us-multiframe/OBXXXX1A_rle_2frame.dcm")]
    [InlineData("ct/eCT_Supplemental.dcm")]
    [InlineData("mr-enhanced/6_1.dcm")]
    public void Others_read_what_we_wrote(string member)
    {
        var dataset = DicomFile.Open(Path.Combine(SharedData.Folder("dicom"), member)).Dataset;
        var truth = DicomPixelData.Create(dataset);
        using var folder = new TemporaryFolder();
        foreach (var (name, syntax, judge) in Written)
        {
            DicomFile.Create(DicomPixelData.Encode(dataset, syntax), syntax).Save(folder[name]);
            var out_ = folder[name + ".judged"];
            if (judge[0] == "gdcmconv" && dataset.GetInt(DicomTag.BitsAllocated) > 8 && truth.SamplesPerPixel > 1)
            {
                continue; // gdcm writes no colour of more than 8 bits, whatever it was read from
            }

            Peer.MustRun(judge[0], [.. judge[1..], folder[name], out_]);
            var judged = DicomPixelData.Create(DicomFile.Open(out_));
            for (var frame = 0; frame < truth.NumberOfFrames; frame++)
            {
                Assert.True(
                    Frames.Values(truth, frame).AsSpan().SequenceEqual(Frames.Values(judged, frame)),
                    $"{member} in {name}, frame {frame + 1}: {judge[0]} reads other pixels");
            }
        }
    }

    private static bool Known(string refusal) =>
        refusal.Contains("has no place for pixels of this kind", StringComparison.Ordinal)
        || refusal.Contains("bits are more than", StringComparison.Ordinal)
        || refusal.Contains("(0008,0018)", StringComparison.Ordinal) || refusal.Contains("(0008,0016)", StringComparison.Ordinal)
        || refusal.Contains("(7FE0,0010) the attribute is absent or empty", StringComparison.Ordinal)
        // The packed 12 bits of an ACR-NEMA image; it has no UIDs to be written with either.
        || refusal.StartsWith("GH340", StringComparison.Ordinal);

    private static DicomFile? TryOpen(string path)
    {
        try
        {
            return DicomFile.Open(path);
        }
        catch (DicomFormatException)
        {
            // Damaged on purpose; what is refused there is tested elsewhere.
            return null;
        }
    }

    private static DicomDataset Again(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        using var stream = new MemoryStream();
        DicomFile.Create(DicomPixelData.Encode(dataset, syntax), syntax).Save(stream);
        return DicomFile.Open(stream.ToArray()).Dataset;
    }

    /// <param name="hasVRs">
    /// Implicit VR does not tell the VR of private elements, and what was UN gets the VR of the dictionary: they are held to be there,
    /// no more.
    /// </param>
    private static void Demand(DicomDataset before, DicomDataset after, string what, bool hasVRs)
    {
        var vague = hasVRs ? null : before.Where(element => element.VR == DicomVR.UN).Select(element => element.Tag).ToHashSet();
        var (was, now) = (Elements(before, vague).ToList(), Elements(after, vague).ToList());
        var other = was.Except(now).Select(row => "- " + row).Concat(now.Except(was).Select(row => "+ " + row)).Take(6);
        Assert.True(was.SequenceEqual(now), $"{what}: other elements:\n{string.Join('\n', other)}");
        if (!before.Contains(DicomTag.PixelData) && !before.Contains(DicomTag.FloatPixelData))
        {
            return;
        }

        var (left, right) = (DicomPixelData.Create(before), DicomPixelData.Create(after));
        Assert.Equal(left.NumberOfFrames, right.NumberOfFrames);
        // Frames of long films are the same work over and over.
        var step = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1" ? 1 : Math.Max(1, left.NumberOfFrames / 4);
        for (var frame = 0; frame < left.NumberOfFrames; frame += step)
        {
            var same = left.SamplesPerPixel == 3 && left.FrameBytes != right.FrameBytes
                ? left.GetRgbFrame(frame).AsSpan().SequenceEqual(right.GetRgbFrame(frame))
                : Frames.Values(left, frame).AsSpan().SequenceEqual(Frames.Values(right, frame));
            Assert.True(same, string.Create(CultureInfo.InvariantCulture, $"{what}: other pixels in frame {frame + 1}"));
        }
    }

    /// <summary>Tags and values of all elements but those that tell how pixels are laid out; group lengths are retired.</summary>
    private static IEnumerable<string> Elements(DicomDataset dataset, HashSet<DicomTag>? vague)
    {
        foreach (var element in dataset.Where(element => !Described.Contains(element.Tag) && element.Tag.Element != 0))
        {
            if (vague is not null && (element.Tag.IsPrivate || vague.Contains(element.Tag)))
            {
                yield return $"{element.Tag}";
                continue;
            }

            yield return element switch
            {
                DicomSequence sequence => $"{element.Tag} {sequence.Items.Count}",
                DicomFragmentSequence fragments => $"{element.Tag} {fragments.Fragments.Count}",
                _ => $"{element.Tag} {Value(dataset, element)}",
            };
            if (element is DicomSequence inner)
            {
                foreach (var row in inner.Items.SelectMany(item => Elements(item, vague)))
                {
                    yield return $"{element.Tag}.{row}";
                }
            }
        }
    }

    private static string Value(DicomDataset dataset, DicomElement element)
    {
        if (element.VR.IsText)
        {
            return string.Join('\\', dataset.GetStrings(element.Tag));
        }

        // A value of odd length is padded when it is written.
        return Convert.ToHexString(dataset.GetBytes(element.Tag).Span.TrimEnd((byte)0));
    }
}
