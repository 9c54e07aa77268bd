using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>JPEG 2000 and HTJ2K by libopenjp2 2.5.</summary>
internal static unsafe partial class OpenJpeg
{
    private const string Library = "libopenjp2.so.7";
    private const int Codestream = 0;
    private const int BufferBytes = 1 << 16;
    private const int DecoderParameterBytes = 8252;

    public static byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        var codestream = Jpeg2000Codestream.In(encoded);
        Jpeg2000Codestream.Demand(frame, codestream.Span);
        using var pinned = codestream.Pin();
        var source = new SourceState { Bytes = (byte*)pinned.Pointer, Length = codestream.Length };
        var errors = new ErrorState();
        var codec = CreateDecompress(Codestream);
        var stream = StreamCreate(BufferBytes, 1);
        Image* image = null;
        try
        {
            var parameters = stackalloc byte[DecoderParameterBytes];
            SetDefaultDecoder(parameters);
            SetErrorHandler(codec, &OnError, &errors);
            StreamSetRead(stream, &Read);
            StreamSetSkip(stream, &SkipSource);
            StreamSetSeek(stream, &SeekSource);
            StreamSetUserData(stream, &source, &NothingToFree);
            StreamSetLength(stream, (ulong)codestream.Length);
            Check(SetupDecoder(codec, parameters), errors);
            // Half an image is no image: what is cut off is refused, not filled up.
            Check(SetStrict(codec, 1), errors);
            Check(ReadHeader(stream, codec, &image), errors);
            Check(Decode(codec, stream, image), errors);
            return Lay(frame, image);
        }
        finally
        {
            ImageDestroy(image);
            StreamDestroy(stream);
            DestroyCodec(codec);
        }
    }

    private static byte[] Lay(FrameDescription frame, Image* image)
    {
        if (image->Components != frame.SamplesPerPixel)
        {
            throw JpegSegment.Bad($"JPEG 2000: {image->Components} components decoded");
        }

        var cells = new byte[frame.FrameBytes];
        for (var component = 0; component < frame.SamplesPerPixel; component++)
        {
            var plane = image->Planes + component;
            if (plane->Data is null || plane->Width != frame.Columns || plane->Height != frame.Rows)
            {
                throw JpegSegment.Bad("JPEG 2000: components that are not of the frame's size");
            }

            var samples = new ReadOnlySpan<int>(plane->Data, (int)frame.Pixels);
            SampleLayout.Put(frame, samples, 1, component, (int)plane->Precision, cells);
        }

        return cells;
    }

    private static void Check(int succeeded, in ErrorState errors)
    {
        if (succeeded == 0)
        {
            var text = errors.Text;
            throw JpegSegment.Bad($"JPEG 2000: {(text.Length == 0 ? "the frame cannot be decoded" : text)}");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Read(byte* target, nuint count, void* state)
    {
        var source = (SourceState*)state;
        var length = Math.Min((long)Math.Min(count, int.MaxValue), source->Length - source->Position);
        if (length <= 0)
        {
            return nuint.MaxValue;
        }

        Buffer.MemoryCopy(source->Bytes + source->Position, target, length, length);
        source->Position += length;
        return (nuint)length;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long SkipSource(long count, void* state)
    {
        var source = (SourceState*)state;
        if (count < -source->Position)
        {
            return -1;
        }

        count = Math.Min(count, source->Length - source->Position);
        source->Position += count;
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SeekSource(long position, void* state)
    {
        var source = (SourceState*)state;
        if (position < 0 || position > source->Length)
        {
            return 0;
        }

        source->Position = position;
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void NothingToFree(void* state)
    {
    }

    /// <summary>Keeps the first message: those that follow come from it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(byte* message, void* state)
    {
        var errors = (ErrorState*)state;
        if (errors->Length == 0)
        {
            while (errors->Length < ErrorState.MostBytes && message[errors->Length] != 0)
            {
                errors->Bytes[errors->Length] = message[errors->Length];
                errors->Length++;
            }
        }
    }

    private struct SourceState
    {
        public byte* Bytes;
        public long Length;
        public long Position;
    }

    private struct ErrorState
    {
        public const int MostBytes = 200;
        public int Length;
        public fixed byte Bytes[MostBytes];

        public string Text
        {
            get
            {
                fixed (byte* bytes = Bytes)
                {
                    return System.Text.Encoding.ASCII.GetString(bytes, Length).Trim();
                }
            }
        }
    }

#pragma warning disable CS0649 // The library fills them.
    /// <summary>opj_image_t.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 48)]
    private struct Image
    {
        [FieldOffset(8)]
        public uint Right;

        [FieldOffset(12)]
        public uint Bottom;

        [FieldOffset(16)]
        public uint Components;

        [FieldOffset(24)]
        public Plane* Planes;
    }

    /// <summary>opj_image_comp_t.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Plane
    {
        [FieldOffset(8)]
        public uint Width;

        [FieldOffset(12)]
        public uint Height;

        [FieldOffset(24)]
        public uint Precision;

        [FieldOffset(48)]
        public int* Data;
    }
#pragma warning restore CS0649

    [LibraryImport(Library, EntryPoint = "opj_create_decompress")]
    private static partial nint CreateDecompress(int format);

    [LibraryImport(Library, EntryPoint = "opj_set_default_decoder_parameters")]
    private static partial void SetDefaultDecoder(byte* parameters);

    [LibraryImport(Library, EntryPoint = "opj_setup_decoder")]
    private static partial int SetupDecoder(nint codec, byte* parameters);

    [LibraryImport(Library, EntryPoint = "opj_decoder_set_strict_mode")]
    private static partial int SetStrict(nint codec, int isStrict);

    [LibraryImport(Library, EntryPoint = "opj_read_header")]
    private static partial int ReadHeader(nint stream, nint codec, Image** image);

    [LibraryImport(Library, EntryPoint = "opj_decode")]
    private static partial int Decode(nint codec, nint stream, Image* image);

    [LibraryImport(Library, EntryPoint = "opj_image_destroy")]
    private static partial void ImageDestroy(Image* image);

    [LibraryImport(Library, EntryPoint = "opj_destroy_codec")]
    private static partial void DestroyCodec(nint codec);

    [LibraryImport(Library, EntryPoint = "opj_set_error_handler")]
    private static partial void SetErrorHandler(
        nint codec, delegate* unmanaged[Cdecl]<byte*, void*, void> handler, void* state);

    [LibraryImport(Library, EntryPoint = "opj_stream_create")]
    private static partial nint StreamCreate(nuint bufferBytes, int isInput);

    [LibraryImport(Library, EntryPoint = "opj_stream_destroy")]
    private static partial void StreamDestroy(nint stream);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_read_function")]
    private static partial void StreamSetRead(nint stream, delegate* unmanaged[Cdecl]<byte*, nuint, void*, nuint> read);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_skip_function")]
    private static partial void StreamSetSkip(nint stream, delegate* unmanaged[Cdecl]<long, void*, long> skip);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_seek_function")]
    private static partial void StreamSetSeek(nint stream, delegate* unmanaged[Cdecl]<long, void*, int> seek);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_user_data")]
    private static partial void StreamSetUserData(
        nint stream, void* state, delegate* unmanaged[Cdecl]<void*, void> free);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_user_data_length")]
    private static partial void StreamSetLength(nint stream, ulong length);
}
