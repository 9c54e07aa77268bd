using ClinicalSuite.Dicom.IO;

namespace ClinicalSuite.Dicom;

/// <summary>One fragment of encapsulated pixel data, in memory or still in its file.</summary>
public sealed class DicomFragment
{
    private readonly ReadOnlyMemory<byte> memory;

    public DicomFragment(ReadOnlyMemory<byte> bytes) => memory = bytes;

    internal DicomFragment(StoredBytes stored) => Stored = stored;

    public long Length => Stored?.Length ?? memory.Length;

    internal StoredBytes? Stored { get; }

    /// <summary>The fragment's bytes, read from the file if that is where they are.</summary>
    public ReadOnlyMemory<byte> Read() => Stored?.Read() ?? memory;

    /// <summary>At most so many bytes from the start.</summary>
    internal ReadOnlyMemory<byte> ReadStart(int count)
    {
        if (Stored is null)
        {
            return memory[..Math.Min(count, memory.Length)];
        }

        var bytes = new byte[Math.Min(count, Stored.Length)];
        Stored.Read(0, bytes);
        return bytes;
    }
}
