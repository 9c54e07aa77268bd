namespace ClinicalSuite.Dicom.IO;

/// <summary>A stretch of a file. The file must stay as it was while anything refers to it.</summary>
internal sealed class StoredBytes(StoredFile file, long offset, long length)
{
    private const int ChunkBytes = 128 * 1024;

    public long Offset => offset;

    public long Length => length;

    public StoredFile File => file;

    /// <exception cref="DicomFormatException">The file has changed, or the value is longer than 2 GiB.</exception>
    public byte[] Read()
    {
        if (length > Array.MaxLength)
        {
            throw new DicomFormatException("the value is longer than 2 GiB", null, offset, file.Path);
        }

        var bytes = new byte[length];
        Read(0, bytes);
        return bytes;
    }

    /// <summary>Fills the destination from a position within the stretch.</summary>
    public void Read(long start, Span<byte> destination)
    {
        using var handle = file.Open();
        ReadFrom(handle, start, destination);
    }

    public void CopyTo(Stream target)
    {
        using var handle = file.Open();
        var buffer = new byte[Math.Min(ChunkBytes, length)];
        for (var start = 0L; start < length; start += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - start));
            ReadFrom(handle, start, part);
            target.Write(part);
        }
    }

    private void ReadFrom(Microsoft.Win32.SafeHandles.SafeFileHandle handle, long start, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var count = RandomAccess.Read(handle, destination, offset + start);
            if (count == 0)
            {
                throw new DicomFormatException("the file is shorter than when it was opened", null, offset, file.Path);
            }

            destination = destination[count..];
            start += count;
        }
    }
}
