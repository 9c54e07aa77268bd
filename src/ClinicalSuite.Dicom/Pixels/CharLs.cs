using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>JPEG-LS (ITU-T T.87) by libcharls 2.</summary>
internal static unsafe partial class CharLs
{
    private const string Library = "libcharls.so.2";
    private const int MarkerNotFound = 12;
    private const int ByPlane = 0;
    private const int ByLine = 1;

    public static byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        JpegHeader.Read(encoded.Span).Demand(frame);
        while (true)
        {
            var error = TryDecode(frame, encoded, out var cells);
            // Some encoders fill up with a zero before the end of the image, where the library wants the marker.
            var end = encoded.Span.TrimEnd((byte)0).Length;
            if (error != MarkerNotFound || encoded.Span[..end] is not [.., 0, 0xFF, JpegSegment.EndOfImage])
            {
                Check(error);
                return cells;
            }

            encoded = (byte[])[.. encoded.Span[..(end - 3)], 0xFF, JpegSegment.EndOfImage];
        }
    }

    /// <returns>0, or the library's error.</returns>
    private static int TryDecode(FrameDescription frame, ReadOnlyMemory<byte> encoded, out byte[] cells)
    {
        cells = [];
        var decoder = CreateDecoder();
        try
        {
            using var source = encoded.Pin();
            Check(SetSource(decoder, (byte*)source.Pointer, (nuint)encoded.Length));
            Check(ReadHeader(decoder));
            FrameInfo header;
            int interleave;
            nuint size;
            Check(GetFrameInfo(decoder, &header));
            Check(GetInterleave(decoder, &interleave));
            Check(GetDestinationSize(decoder, 0, &size));
            FrameAgreement.Demand(frame, header.Width, header.Height, header.Components, header.Bits);
            var bytesPerSample = header.Bits > 8 ? 2 : 1;
            if (size != (nuint)(frame.Pixels * frame.SamplesPerPixel * bytesPerSample))
            {
                throw JpegSegment.Bad($"{size} bytes of JPEG-LS samples, which is no whole frame");
            }

            var samples = new byte[size];
            int error;
            fixed (byte* target = samples)
            {
                error = Decode(decoder, target, size, 0);
            }

            cells = error == 0 ? Lay(frame, samples, header.Bits, interleave == ByPlane) : [];
            return error;
        }
        finally
        {
            DestroyDecoder(decoder);
        }
    }

    /// <summary>Encodes without loss, colours line by line.</summary>
    /// <param name="samples">Pixel by pixel; bytes where the precision is 8 or less, little-endian words above.</param>
    public static byte[] Encode(
        ReadOnlySpan<byte> samples, int columns, int rows, int samplesPerPixel, int precision, int nearLossless = 0)
    {
        var encoder = CreateEncoder();
        try
        {
            var header = new FrameInfo
            {
                Width = (uint)columns,
                Height = (uint)rows,
                Bits = precision,
                Components = samplesPerPixel,
            };
            Check(SetFrameInfo(encoder, &header));
            Check(SetInterleave(encoder, samplesPerPixel == 1 ? ByPlane : ByLine));
            Check(SetNearLossless(encoder, nearLossless));
            nuint size;
            Check(EstimateSize(encoder, &size));
            var encoded = new byte[size];
            fixed (byte* source = samples, target = encoded)
            {
                Check(SetDestination(encoder, target, size));
                Check(Encode(encoder, source, (nuint)samples.Length, 0));
            }

            Check(GetBytesWritten(encoder, &size));
            return encoded[..(int)size];
        }
        finally
        {
            DestroyEncoder(encoder);
        }
    }

    private static byte[] Lay(FrameDescription frame, byte[] samples, int bits, bool isByPlane)
    {
        var cells = new byte[frame.FrameBytes];
        var step = isByPlane ? 1 : frame.SamplesPerPixel;
        for (var component = 0; component < frame.SamplesPerPixel; component++)
        {
            var first = isByPlane ? (int)(component * frame.Pixels) : component;
            if (bits > 8)
            {
                var words = MemoryMarshal.Cast<byte, ushort>(samples)[first..];
                SampleLayout.Put(frame, words, step, component, bits, cells);
            }
            else
            {
                SampleLayout.Put<byte>(frame, samples.AsSpan(first), step, component, bits, cells);
            }
        }

        return cells;
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw JpegSegment.Bad($"JPEG-LS: {Marshal.PtrToStringUTF8(ErrorMessage(error))}");
        }
    }

    private struct FrameInfo
    {
        public uint Width;
        public uint Height;
        public int Bits;
        public int Components;
    }

    [LibraryImport(Library, EntryPoint = "charls_get_error_message")]
    private static partial nint ErrorMessage(int error);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_create")]
    private static partial nint CreateDecoder();

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_destroy")]
    private static partial void DestroyDecoder(nint decoder);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_set_source_buffer")]
    private static partial int SetSource(nint decoder, byte* source, nuint size);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_read_header")]
    private static partial int ReadHeader(nint decoder);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_get_frame_info")]
    private static partial int GetFrameInfo(nint decoder, FrameInfo* header);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_get_interleave_mode")]
    private static partial int GetInterleave(nint decoder, int* mode);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_get_destination_size")]
    private static partial int GetDestinationSize(nint decoder, uint stride, nuint* size);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_decode_to_buffer")]
    private static partial int Decode(nint decoder, byte* target, nuint size, uint stride);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_create")]
    private static partial nint CreateEncoder();

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_destroy")]
    private static partial void DestroyEncoder(nint encoder);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_set_frame_info")]
    private static partial int SetFrameInfo(nint encoder, FrameInfo* header);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_set_interleave_mode")]
    private static partial int SetInterleave(nint encoder, int mode);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_set_near_lossless")]
    private static partial int SetNearLossless(nint encoder, int value);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_get_estimated_destination_size")]
    private static partial int EstimateSize(nint encoder, nuint* size);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_set_destination_buffer")]
    private static partial int SetDestination(nint encoder, byte* target, nuint size);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_encode_from_buffer")]
    private static partial int Encode(nint encoder, byte* source, nuint size, uint stride);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_get_bytes_written")]
    private static partial int GetBytesWritten(nint encoder, nuint* size);
}
