using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>JPEG of 8 bits (ITU-T T.81 baseline, sequential, progressive) by libturbojpeg 2.</summary>
internal static unsafe partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int Rgb = 0;
    private const int Grey = 6;
    private const int AccurateDct = 4096;
    private const int LimitScans = 32768;
    private const int NoSubsampling = 0;
    private const int HorizontalSubsampling = 1;
    private const int GreySubsampling = 3;

    // An application marker of Adobe's that says: three components, no colour transform.
    private static readonly byte[] Untransformed =
        [0xFF, 0xEE, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, 0];

    /// <summary>Components as they are in the stream, chrominance at full size.</summary>
    public static byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        var header = JpegHeader.Read(encoded.Span);
        header.Demand(frame);
        if (frame.SamplesPerPixel is not (1 or 3))
        {
            throw JpegSegment.Bad($"{frame.SamplesPerPixel} samples, where JPEG of 1 or 3 is decoded");
        }

        var samples = Components(WithoutTransform(encoded.Span), frame);
        if (frame.SamplesPerPixel == 3)
        {
            Agree(header, frame.PhotometricInterpretation, samples);
        }

        if (frame.BitsAllocated == 8 && !frame.IsPlanar)
        {
            return samples;
        }

        var cells = new byte[frame.FrameBytes];
        for (var component = 0; component < frame.SamplesPerPixel; component++)
        {
            SampleLayout.Put<byte>(
                frame, samples.AsSpan(component), frame.SamplesPerPixel, component, header.Precision, cells);
        }

        return cells;
    }

    /// <summary>Encodes a picture, 4:2:2 where it has colours.</summary>
    /// <param name="quality">1 to 100.</param>
    public static byte[] Encode(RenderedFrame picture, int quality)
    {
        var handle = InitCompress();
        byte* buffer = null;
        try
        {
            nuint size = 0;
            using var source = picture.Pixels.Pin();
            var isGrey = picture.SamplesPerPixel == 1;
            var failed = Compress(
                handle, (byte*)source.Pointer, picture.Columns, 0, picture.Rows, isGrey ? Grey : Rgb, &buffer, &size,
                isGrey ? GreySubsampling : quality >= 90 ? NoSubsampling : HorizontalSubsampling, quality, AccurateDct);
            return failed == 0
                ? new ReadOnlySpan<byte>(buffer, (int)size).ToArray()
                : throw new InvalidOperationException($"JPEG: {Message(handle)}");
        }
        finally
        {
            Free(buffer);
            Destroy(handle);
        }
    }

    private static byte[] Components(byte[] stream, FrameDescription frame)
    {
        var handle = InitDecompress();
        try
        {
            var samples = new byte[checked((int)frame.Pixels * frame.SamplesPerPixel)];
            int failed;
            fixed (byte* source = stream, target = samples)
            {
                failed = Decompress(
                    handle, source, (nuint)stream.Length, target, frame.Columns, 0, frame.Rows,
                    frame.SamplesPerPixel == 1 ? Grey : Rgb, AccurateDct | LimitScans);
            }

            // Stray bytes between segments harm nothing, and cameras write them.
            return failed == 0 || Message(handle).Contains("extraneous bytes", StringComparison.Ordinal)
                ? samples
                : throw JpegSegment.Bad($"JPEG: {Message(handle)}");
        }
        finally
        {
            Destroy(handle);
        }
    }

    /// <summary>
    /// The stream with its colour markers replaced, so that the library hands out the components themselves: what they
    /// are is the data set's word, and YBR stays YBR without the loss of one more rounding.
    /// </summary>
    private static byte[] WithoutTransform(ReadOnlySpan<byte> encoded)
    {
        using var stream = new MemoryStream(encoded.Length + Untransformed.Length);
        var at = JpegSegment.Start(encoded);
        stream.Write(encoded[..at]);
        stream.Write(Untransformed);
        while (true)
        {
            var segment = JpegSegment.Next(encoded, at);
            if (segment.Marker == JpegSegment.StartOfScan)
            {
                stream.Write(encoded[at..]);
                return stream.ToArray();
            }

            if (segment.Marker is not (0xE0 or 0xEE))
            {
                stream.Write(encoded[at..segment.Body.End.Value]);
            }

            at = segment.Body.End.Value;
        }
    }

    /// <summary>Brings the components to the colour space that the data set promises (RGB or YBR).</summary>
    private static void Agree(JpegHeader header, string photometric, byte[] samples)
    {
        var promised = photometric.StartsWith("YBR", StringComparison.Ordinal);
        var isSubsampled = header.Components.Any(component =>
            (component.Horizontal, component.Vertical)
            != (header.Components[^1].Horizontal, header.Components[^1].Vertical));
        var isNamedRgb = header.Components is [{ Id: (byte)'R' }, { Id: (byte)'G' }, { Id: (byte)'B' }];
        var isYbr = isSubsampled
            || (!isNamedRgb && (header.AdobeTransform is { } transform ? transform != 0 : header.IsJfif || promised));
        if (isYbr && !promised)
        {
            ColorConversion.FullYbrToRgb(samples);
        }
        else if (promised && !isYbr)
        {
            ColorConversion.RgbToFullYbr(samples);
        }
    }

    private static string Message(nint handle) => Marshal.PtrToStringUTF8(ErrorMessage(handle)) ?? "";

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    private static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    private static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    private static partial int Decompress(
        nint handle, byte* source, nuint size, byte* target, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    private static partial int Compress(
        nint handle, byte* source, int width, int pitch, int height, int format, byte** target, nuint* size,
        int subsampling, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjFree")]
    private static partial void Free(byte* buffer);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    private static partial void Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint ErrorMessage(nint handle);
}
