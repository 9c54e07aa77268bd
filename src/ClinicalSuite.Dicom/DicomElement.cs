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

    /// <summary>The value's bytes, little-endian; text in the character set it was read in.</summary>
    internal abstract ReadOnlyMemory<byte> ReadBytes();

    /// <summary>The element as it can live in another data set: values are shared, sequences are not.</summary>
    internal virtual DicomElement Copy() => this;
}
