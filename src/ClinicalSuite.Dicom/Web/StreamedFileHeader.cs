using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Web;

/// <summary>The front of a DICOM file that arrives as a stream: what stands before its data set.</summary>
/// <param name="Meta">The elements of group 0002.</param>
/// <param name="DataSet">What follows: the bytes of the data set, read from the stream as they are asked for.</param>
public sealed record StreamedFileHeader(DicomDataset Meta, Stream DataSet)
{
    private const int PreambleBytes = 128;

    // The longest element of group 0002 in the field is a private information block; megabytes are an attack.
    private const int MostBytes = 256 * 1024;

    /// <summary>Reads preamble, prefix and file meta information (PS3.10 7.1), and not much more.</summary>
    /// <remarks>
    /// Element by element: the group length, which is often wrong, is not trusted.
    /// </remarks>
    /// <exception cref="DicomFormatException">The stream is no DICOM file, or ends in its header.</exception>
    public static async Task<StreamedFileHeader> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var start = new byte[PreambleBytes + 4];
        if (await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation) < start.Length
            || !start.AsSpan(PreambleBytes).SequenceEqual("DICM"u8))
        {
            throw new DicomFormatException("not a DICOM file: no DICM after 128 bytes (PS3.10 7.1)");
        }

        using var meta = new MemoryStream();
        var head = new byte[12];
        while (true)
        {
            var count = await stream.ReadAtLeastAsync(
                head.AsMemory(0, 8), 8, throwOnEndOfStream: false, cancellation);
            if (count < 8 || BinaryPrimitives.ReadUInt16LittleEndian(head) != 2)
            {
                var dataset = DicomFile.ReadDataset(meta.ToArray(), DicomTransferSyntax.ExplicitVRLittleEndian);
                return new StreamedFileHeader(dataset, new PrefixedStream(head.AsMemory(0, count), stream));
            }

            var isLong = DicomVR.Find(head[4], head[5])?.HasLongLength ?? false;
            long length = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6));
            if (isLong)
            {
                await ReadExactlyAsync(stream, head.AsMemory(8, 4), cancellation);
                length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8));
            }

            if (meta.Length + length > MostBytes)
            {
                throw new DicomFormatException($"file meta information of more than {MostBytes / 1024} KiB");
            }

            var value = new byte[length];
            await ReadExactlyAsync(stream, value, cancellation);
            meta.Write(head, 0, isLong ? 12 : 8);
            meta.Write(value);
        }
    }

    private static async Task ReadExactlyAsync(Stream stream, Memory<byte> target, CancellationToken cancellation)
    {
        if (await stream.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellation) < target.Length)
        {
            throw new DicomFormatException("the file ends in its file meta information");
        }
    }
}
