namespace ClinicalSuite.Dicom;

/// <summary>A sequence of items (PS3.5 7.5).</summary>
public sealed class DicomSequence : DicomElement
{
    private readonly List<DicomDataset> items;

    public DicomSequence(DicomTag tag, params IEnumerable<DicomDataset> items)
        : base(tag, DicomVR.SQ) => this.items = [.. items];

    public IReadOnlyList<DicomDataset> Items => items;

    /// <summary>Always -1: the length is settled when the sequence is written.</summary>
    public override long Length => -1;

    public override bool IsEmpty => items.Count == 0;

    internal void Add(DicomDataset item) => items.Add(item);

    internal override ReadOnlyMemory<byte> ReadBytes() =>
        throw new InvalidOperationException($"{Tag} is a sequence: it has items, not bytes.");

    internal override DicomElement Copy() => new DicomSequence(Tag, items.Select(item => item.Clone()));
}
