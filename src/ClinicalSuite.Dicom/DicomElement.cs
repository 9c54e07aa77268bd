using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom;

/// <summary>One attribute of a data set: tag, value representation and value (PS3.5 7.1).</summary>
public abstract class DicomElement
{
    private protected DicomElement(DicomTag tag, DicomVR vr)
    {
        Tag = tag;
        VR = vr;
    }

    public DicomTag Tag { get; }

    public DicomVR VR { get; }

    /// <summary>Bytes of the value, padding included, as it was read or would be written; -1 where undefined.</summary>
    public abstract long Length { get; }

    public virtual bool IsEmpty => Length == 0;

    /// <summary>Where the value starts in the file it was read from; null for an element made in memory.</summary>
    public virtual long? Offset => null;

    /// <summary>
    /// The value's bytes, little-endian, as a stream that can be searched; a large value is read from its file as it is
    /// asked for.
    /// </summary>
    /// <exception cref="DicomFormatException">The file has changed since it was opened.</exception>
    /// <exception cref="InvalidOperationException">The element has items or fragments, not bytes.</exception>
    public virtual Stream OpenRead()
    {
        var bytes = ReadBytes();
        return MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
    }

    /// <summary>The value's bytes, little-endian; text in the character set it was read in.</summary>
    internal abstract ReadOnlyMemory<byte> ReadBytes();

    /// <summary>The element as it can live in another data set: values are shared, sequences are not.</summary>
    internal virtual DicomElement Copy() => this;
}
