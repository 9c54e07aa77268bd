using System.Runtime.InteropServices;
using ClinicalSuite.Dicom;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Cli.Doctor;

/// <summary>Whether compressed images can be decoded: each library, in a process of its own as when serving.</summary>
internal static class CodecChecks
{
    private const int Size = 8;

    /// <summary>The ramp below as HTJ2K: libraries before OpenJPEG 2.5 know JPEG 2000 but not this.</summary>
    private const string HighThroughputRamp =
        "/0//UQApQAAAAAAIAAAACAAAAAAAAAAAAAAACAAAAAgAAAAAAAAAAAABBwEB/1AACAACAAAAA/9SAAwAAgABAAEEBEAB/1wAByBQ"
        + "UFBY/2QAFgABT3BlbkpQSCBWZXIgMC45LjAu/5AACgAAAAAAQAAB/5PAFrD/Xfez7ybWvq/eo+siBfoAaAACqbcAwBVwBUgfgfgR"
        + "iAE7WLW2ACAA4MAAAey2AP/Z";

    private static readonly byte[] Ramp =
        [.. Enumerable.Range(0, Size * Size).Select(i => (byte)(((i % Size * (i % Size)) + (i / Size * 17)) & 0xFF))];

    private static readonly (string Library, string Package, string Syntax, Func<byte[]> Sample)[] Codecs =
    [
        ("libopenjp2.so.7", "libopenjp2-7", DicomUID.JPEG2000Lossless, () => Encoded(DicomTransferSyntax.JPEG2000Lossless)),
        ("libopenjp2.so.7", "libopenjp2-7", DicomUID.HTJ2KLossless, () => Convert.FromBase64String(HighThroughputRamp)),
        ("libcharls.so.2", "libcharls2", DicomUID.JPEGLSLossless, () => Encoded(DicomTransferSyntax.JPEGLSLossless)),
        ("libturbojpeg.so.0", "libturbojpeg0", DicomUID.JPEGBaseline8Bit, () => new RenderedFrame(Size, Size, 1, Ramp).ToJpeg(100)),
    ];

    public static IEnumerable<Check> Run(ApplianceSettings settings)
    {
        using var pool = new FrameDecoderPool(settings.DecodingProgram, settings.Decoding);
        foreach (var (library, package, syntax, sample) in Codecs)
        {
            yield return Codec(pool, library, package, syntax, sample);
        }
    }

    private static Check Codec(FrameDecoderPool decoder, string library, string package, string syntax, Func<byte[]> sample)
    {
        var name = syntax switch
        {
            DicomUID.JPEG2000Lossless => "JPEG 2000",
            DicomUID.HTJ2KLossless => "HTJ2K",
            DicomUID.JPEGLSLossless => "JPEG-LS",
            _ => "JPEG",
        };
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return Check.Fail(name, $"{library} is not installed", $"apt-get install {package}");
        }

        NativeLibrary.Free(handle);
        try
        {
            var cells = decoder.Decode(Description(syntax), sample());
            // JPEG of quality 100 rounds; the others give back what went in.
            var tolerance = syntax == DicomUID.JPEGBaseline8Bit ? 2 : 0;
            return cells.Zip(Ramp).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance)
                ? Check.Ok(name, $"{library} decodes in a process of its own")
                : Check.Fail(name, $"{library} decodes wrongly", $"apt-get install --reinstall {package}");
        }
        catch (Exception problem) when (problem is DicomFormatException or InvalidOperationException or TimeoutException)
        {
            return Check.Fail(name, problem.Message, $"apt-get install --reinstall {package}");
        }
    }

    private static FrameDescription Description(string syntax) => new()
    {
        TransferSyntaxUid = syntax,
        Columns = Size,
        Rows = Size,
        SamplesPerPixel = 1,
        BitsAllocated = 8,
        BitsStored = 8,
        PhotometricInterpretation = "MONOCHROME2",
    };

    private static byte[] Encoded(DicomTransferSyntax syntax)
    {
        var image = new DicomDataset()
            .AddOrUpdate(DicomTag.SamplesPerPixel, 1)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .AddOrUpdate(DicomTag.Rows, Size)
            .AddOrUpdate(DicomTag.Columns, Size)
            .AddOrUpdate(DicomTag.BitsAllocated, 8)
            .AddOrUpdate(DicomTag.BitsStored, 8)
            .AddOrUpdate(DicomTag.HighBit, 7)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(DicomVR.OB, DicomTag.PixelData, Ramp);
        var encoded = (DicomFragmentSequence)DicomPixelData.Encode(image, syntax).GetElement(DicomTag.PixelData);
        return encoded.Fragments[0].Read().ToArray();
    }
}
