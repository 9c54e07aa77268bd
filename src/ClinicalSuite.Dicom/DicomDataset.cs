using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ClinicalSuite.Dicom;

/// <summary>
/// A data set (PS3.5 7): elements in tag order. Text is Unicode on this side; (0008,0005) is applied when the data set
/// is read and when it is written, so text may be copied between data sets of different character sets.
/// Not safe for writing from several threads.
/// </summary>
public sealed partial class DicomDataset : IEnumerable<DicomElement>
{
    private readonly List<DicomElement> elements = [];

    /// <summary>While it is read: elements that came out of order, all below the last of <see cref="elements"/>.</summary>
    private SortedDictionary<uint, DicomElement>? late;

    /// <summary>The data set whose sequence holds this one as an item, if any.</summary>
    internal DicomDataset? Parent { get; private set; }

    /// <summary>Where this item hangs in its parent.</summary>
    internal (DicomTag Sequence, int Index) Place { get; private set; }

    /// <summary>The file this data set was read from, for messages.</summary>
    internal string? SourceFile { get; set; }

    /// <summary>The transfer syntax this data set was read in: how its pixel data are encoded.</summary>
    internal DicomTransferSyntax? SourceSyntax { get; set; }

    public int Count => elements.Count;

    public bool Contains(DicomTag tag) => TryGetElement(tag, out _);

    public bool TryGetElement(DicomTag tag, [NotNullWhen(true)] out DicomElement? element)
    {
        var index = IndexOf(tag);
        element = index >= 0 ? elements[index] : late?.GetValueOrDefault(tag.Value);
        return element is not null;
    }

    /// <exception cref="DicomFormatException">The attribute is absent.</exception>
    public DicomElement GetElement(DicomTag tag) =>
        TryGetElement(tag, out var element) ? element : throw Absent(tag);

    /// <summary>Adds an element, or replaces the one with its tag. Text keeps its meaning, not its bytes.</summary>
    public DicomDataset AddOrUpdate(DicomElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        Put(element.Copy());
        return this;
    }

    public DicomDataset Remove(DicomTag tag)
    {
        var index = IndexOf(tag);
        if (index >= 0)
        {
            elements.RemoveAt(index);
        }

        return this;
    }

    /// <summary>A copy whose elements and items may be changed alone; the bytes of values are shared.</summary>
    public DicomDataset Clone()
    {
        var copy = new DicomDataset { SourceFile = SourceFile, SourceSyntax = SourceSyntax };
        foreach (var element in elements)
        {
            copy.Put(element.Copy());
        }

        return copy;
    }

    public IEnumerator<DicomElement> GetEnumerator() => elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For example <c>(0008,1115)[0].(0020,000E)</c>.</summary>
    internal string PathOf(DicomTag tag)
    {
        var path = tag.ToString();
        for (var set = this; set.Parent is not null; set = set.Parent)
        {
            path = $"{set.Place.Sequence}[{set.Place.Index}].{path}";
        }

        return path;
    }

    /// <summary>Places this data set as an item, which inherits (0008,0005).</summary>
    internal void AttachTo(DicomDataset parent, DicomTag sequence, int index)
    {
        Parent = parent;
        Place = (sequence, index);
    }

    /// <summary>
    /// Adds what was read. False where the tag is there already: the first of two counts. Elements out of order are kept aside
    /// until <see cref="Settle"/>, so that a million of them cost no more than a million in order.
    /// </summary>
    internal bool TryAppend(DicomElement element)
    {
        if (elements.Count == 0 || elements[^1].Tag < element.Tag)
        {
            elements.Add(element);
            return true;
        }

        if (IndexOf(element.Tag) >= 0)
        {
            return false;
        }

        late ??= [];
        return late.TryAdd(element.Tag.Value, element);
    }

    /// <summary>True while elements that came out of order wait for <see cref="Settle"/>.</summary>
    internal bool IsUnsettled => late is not null;

    /// <summary>Brings elements that came out of order to their places; before anything else is done with the data set.</summary>
    internal void Settle()
    {
        if (late is null)
        {
            return;
        }

        var early = elements.ToArray();
        elements.Clear();
        var next = 0;
        foreach (var element in late.Values)
        {
            while (early[next].Tag < element.Tag)
            {
                elements.Add(early[next++]);
            }

            elements.Add(element);
        }

        elements.AddRange(early.AsSpan(next));
        late = null;
    }

    /// <summary>Takes into memory the large values that still lie in a file.</summary>
    internal void LoadValuesIn(string path)
    {
        for (var index = 0; index < elements.Count; index++)
        {
            switch (elements[index])
            {
                case StoredElement stored when stored.Bytes.File.Path == path:
                    elements[index] = new BytesElement(stored.Tag, stored.VR, stored.ReadBytes());
                    break;
                case DicomFragmentSequence fragments when fragments.Fragments.Any(
                    fragment => fragment.Stored?.File.Path == path):
                    elements[index] = new DicomFragmentSequence(
                        fragments.Tag, fragments.VR,
                        fragments.Fragments.Select(fragment => new DicomFragment(fragment.Read())),
                        fragments.OffsetTable);
                    break;
                case DicomSequence sequence:
                    foreach (var item in sequence.Items)
                    {
                        item.LoadValuesIn(path);
                    }

                    break;
            }
        }
    }

    private void Put(DicomElement element)
    {
        if (element is DicomSequence sequence)
        {
            for (var item = 0; item < sequence.Items.Count; item++)
            {
                sequence.Items[item].AttachTo(this, element.Tag, item);
            }
        }

        var index = IndexOf(element.Tag);
        if (index >= 0)
        {
            elements[index] = element;
        }
        else
        {
            elements.Insert(~index, element);
        }
    }

    /// <summary>The index, or the complement of where the tag would go.</summary>
    private int IndexOf(DicomTag tag)
    {
        var low = 0;
        var high = elements.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = elements[middle].Tag.Value.CompareTo(tag.Value);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    private DicomFormatException Absent(DicomTag tag) =>
        new("the attribute is absent or empty", PathOf(tag), null, RootFile());

    private DicomFormatException Unreadable(DicomElement element, string reason) =>
        new(reason, PathOf(element.Tag), element.Offset, RootFile());

    private string? RootFile()
    {
        var root = this;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return root.SourceFile;
    }
}
