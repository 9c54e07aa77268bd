using ClinicalSuite.Dicom.IO;

namespace ClinicalSuite.Dicom;

/// <summary>A large value that stays in its file until it is asked for.</summary>
internal sealed class StoredElement(DicomTag tag, DicomVR vr, StoredBytes bytes) : DicomElement(tag, vr)
{
    public StoredBytes Bytes => bytes;

    public override long Length => bytes.Length;

    public override long? Offset => bytes.Offset;

    public override Stream OpenRead() => new StoredStream(bytes);

    internal override ReadOnlyMemory<byte> ReadBytes() => bytes.Read();
}
