namespace ClinicalSuite.Dicom;

/// <summary>Encapsulated pixel data (PS3.5 A.4): the basic offset table and the fragments, untouched.</summary>
public sealed class DicomFragmentSequence : DicomElement
{
    private readonly List<DicomFragment> fragments;

    public DicomFragmentSequence(
        DicomTag tag, DicomVR vr, IEnumerable<DicomFragment> fragments, IEnumerable<uint>? offsetTable = null)
        : this(tag, vr, fragments, offsetTable, null)
    {
    }

    internal DicomFragmentSequence(
        DicomTag tag, DicomVR vr, IEnumerable<DicomFragment> fragments, IEnumerable<uint>? offsetTable, long? offset)
        : base(tag, vr)
    {
        this.fragments = [.. fragments];
        OffsetTable = offsetTable is null ? [] : [.. offsetTable];
        Offset = offset;
    }

    /// <summary>Where its first item starts.</summary>
    public override long? Offset { get; }

    /// <summary>For each frame, bytes from the first fragment's item tag; empty where the file has none.</summary>
    public IReadOnlyList<uint> OffsetTable { get; }

    public IReadOnlyList<DicomFragment> Fragments => fragments;

    public override long Length => -1;

    public override bool IsEmpty => fragments.Count == 0;

    internal override ReadOnlyMemory<byte> ReadBytes() =>
        throw new InvalidOperationException($"{Tag} is encapsulated: read its fragments.");
}
