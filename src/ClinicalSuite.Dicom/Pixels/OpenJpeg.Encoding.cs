using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom.Pixels;

internal static unsafe partial class OpenJpeg
{
    private const int EncoderParameterBytes = 18720;
    private const int MostResolutions = 6;

    /// <summary>Encodes without loss (5/3 wavelet), one layer.</summary>
    /// <param name="planes">One component after another.</param>
    /// <param name="isTransformed">Whether three components are RGB to be decorrelated (RCT).</param>
    public static byte[] Encode(
        ReadOnlySpan<int> planes, int columns, int rows, int components, int precision, bool isSigned,
        bool isTransformed)
    {
        var description = stackalloc PlaneParameters[components];
        for (var component = 0; component < components; component++)
        {
            description[component] = new PlaneParameters
            {
                StepX = 1,
                StepY = 1,
                Width = (uint)columns,
                Height = (uint)rows,
                Precision = (uint)precision,
                IsSigned = isSigned ? 1u : 0,
            };
        }

        var image = ImageCreate((uint)components, description, components == 3 ? 1 : 2);
        var codec = CreateCompress(Codestream);
        var stream = StreamCreate(BufferBytes, 0);
        var target = new TargetState();
        var errors = new ErrorState();
        try
        {
            (image->Right, image->Bottom) = ((uint)columns, (uint)rows);
            for (var component = 0; component < components; component++)
            {
                planes.Slice(component * columns * rows, columns * rows)
                    .CopyTo(new Span<int>((image->Planes + component)->Data, columns * rows));
            }

            var parameters = Parameters(columns, rows, isTransformed);
            SetErrorHandler(codec, &OnError, &errors);
            fixed (byte* first = parameters)
            {
                Demand(SetupEncoder(codec, first, image), errors);
            }

            StreamSetWrite(stream, &Write);
            StreamSetSkip(stream, &SkipTarget);
            StreamSetSeek(stream, &SeekTarget);
            StreamSetUserData(stream, &target, &NothingToFree);
            Demand(StartCompress(codec, image, stream), errors);
            Demand(Encode(codec, stream), errors);
            Demand(EndCompress(codec, stream), errors);
            return new ReadOnlySpan<byte>(target.Bytes, (int)target.Length).ToArray();
        }
        finally
        {
            NativeMemory.Free(target.Bytes);
            ImageDestroy(image);
            StreamDestroy(stream);
            DestroyCodec(codec);
        }
    }

    /// <summary>opj_cparameters_t, of which five fields are ours.</summary>
    private static byte[] Parameters(int columns, int rows, bool isTransformed)
    {
        const int DistortionAllocation = 20, Layers = 4796, FirstRate = 4800, Resolutions = 5600, ComponentTransform = 18698;
        var parameters = new byte[EncoderParameterBytes];
        fixed (byte* first = parameters)
        {
            SetDefaultEncoder(first);
            *(int*)(first + DistortionAllocation) = 1;
            *(int*)(first + Layers) = 1;
            *(float*)(first + FirstRate) = 0;
            var resolutions = 1;
            while (resolutions < MostResolutions && Math.Min(columns, rows) >> resolutions > 0)
            {
                resolutions++;
            }

            *(int*)(first + Resolutions) = resolutions;
            first[ComponentTransform] = isTransformed ? (byte)1 : (byte)0;
        }

        return parameters;
    }

    private static void Demand(int succeeded, in ErrorState errors)
    {
        if (succeeded == 0)
        {
            throw new InvalidOperationException($"JPEG 2000 encoder: {errors.Text}");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Write(byte* source, nuint count, void* state)
    {
        var target = (TargetState*)state;
        if (!Reserve(target, target->Position + (long)count))
        {
            return nuint.MaxValue;
        }

        Buffer.MemoryCopy(source, target->Bytes + target->Position, (long)count, (long)count);
        target->Position += (long)count;
        target->Length = Math.Max(target->Length, target->Position);
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long SkipTarget(long count, void* state)
    {
        var target = (TargetState*)state;
        if (count < 0 || !Reserve(target, target->Position + count))
        {
            return -1;
        }

        target->Position += count;
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SeekTarget(long position, void* state)
    {
        var target = (TargetState*)state;
        if (position < 0 || !Reserve(target, position))
        {
            return 0;
        }

        target->Position = position;
        return 1;
    }

    /// <summary>No exception may leave a callback: false where there is no memory.</summary>
    private static bool Reserve(TargetState* target, long length)
    {
        if (length > Array.MaxLength)
        {
            return false;
        }

        if (length > target->Capacity)
        {
            var capacity = Math.Min(Array.MaxLength, Math.Max(length, (target->Capacity * 2) + BufferBytes));
            try
            {
                target->Bytes = (byte*)NativeMemory.Realloc(target->Bytes, (nuint)capacity);
            }
            catch (OutOfMemoryException)
            {
                return false;
            }

            target->Capacity = capacity;
        }

        return true;
    }

    private struct TargetState
    {
        public byte* Bytes;
        public long Capacity;
        public long Length;
        public long Position;
    }

    /// <summary>opj_image_cmptparm_t.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 36)]
    private struct PlaneParameters
    {
        [FieldOffset(0)]
        public uint StepX;

        [FieldOffset(4)]
        public uint StepY;

        [FieldOffset(8)]
        public uint Width;

        [FieldOffset(12)]
        public uint Height;

        [FieldOffset(24)]
        public uint Precision;

        [FieldOffset(32)]
        public uint IsSigned;
    }

    [LibraryImport(Library, EntryPoint = "opj_create_compress")]
    private static partial nint CreateCompress(int format);

    [LibraryImport(Library, EntryPoint = "opj_image_create")]
    private static partial Image* ImageCreate(uint components, PlaneParameters* parameters, int colorSpace);

    [LibraryImport(Library, EntryPoint = "opj_set_default_encoder_parameters")]
    private static partial void SetDefaultEncoder(byte* parameters);

    [LibraryImport(Library, EntryPoint = "opj_setup_encoder")]
    private static partial int SetupEncoder(nint codec, byte* parameters, Image* image);

    [LibraryImport(Library, EntryPoint = "opj_start_compress")]
    private static partial int StartCompress(nint codec, Image* image, nint stream);

    [LibraryImport(Library, EntryPoint = "opj_encode")]
    private static partial int Encode(nint codec, nint stream);

    [LibraryImport(Library, EntryPoint = "opj_end_compress")]
    private static partial int EndCompress(nint codec, nint stream);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_write_function")]
    private static partial void StreamSetWrite(
        nint stream, delegate* unmanaged[Cdecl]<byte*, nuint, void*, nuint> write);
}
