using System.Buffers.Binary;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.RawData;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>Arrays and images that are no DICOM: told apart, opened, and refused in this assembly's words.</summary>
public static class RawFiles
{
    private const int NiftiHeaderBytes = 348;

    public static RawFileKind KindOf(string path)
    {
        if (!File.Exists(path))
        {
            return RawFileKind.Other;
        }

        Span<byte> head = stackalloc byte[6];
        using var handle = File.OpenHandle(path);
        if (RandomAccess.Read(handle, head, 0) < head.Length)
        {
            return RawFileKind.Other;
        }

        var first = BinaryPrimitives.ReadInt32LittleEndian(head);
        return head.SequenceEqual((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']) ? RawFileKind.Numpy
            : head[0] == 0x1F && head[1] == 0x8B ? RawFileKind.Nifti
            : first == NiftiHeaderBytes || BinaryPrimitives.ReverseEndianness(first) == NiftiHeaderBytes ? RawFileKind.Nifti
            : RawFileKind.Other;
    }

    /// <exception cref="InputRefusedException">It cannot be read as that.</exception>
    internal static T Open<T>(string path, Func<string, T> open)
    {
        try
        {
            return open(path);
        }
        catch (RawDataFormatException e)
        {
            var place = e.Offset is { } at ? $"offset {at}" : null;
            throw new InputRefusedException(InputReasons.UnreadableFile, e.Reason, path, place, e);
        }
    }
}
