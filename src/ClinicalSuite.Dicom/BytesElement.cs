using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom;

/// <summary>A value held as bytes: everything that was read and is not large, and numbers made in memory.</summary>
internal sealed class BytesElement(
    DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> bytes, DicomCharacterSet? characterSet = null, long offset = -1)
    : DicomElement(tag, vr)
{
    public override long Length => bytes.Length;

    public override long? Offset => offset < 0 ? null : offset;

    /// <summary>The character set in force where the element was read; null for bytes given by hand.</summary>
    public DicomCharacterSet? CharacterSet => characterSet;

    internal override ReadOnlyMemory<byte> ReadBytes() => bytes;
}
