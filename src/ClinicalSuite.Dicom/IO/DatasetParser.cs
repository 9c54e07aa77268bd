using System.Buffers.Binary;
using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom.IO;

/// <summary>
/// Reads elements into a data set without recursion. Every length is checked against what remains before a byte is
/// allocated for it; the only exception for bad input is <see cref="DicomFormatException"/>.
/// </summary>
internal sealed class DatasetParser
{
    private readonly DicomInput input;
    private readonly DicomReadOptions options;
    private readonly ReadRemarks remarks;
    private readonly Stack<ParserFrame> frames = new();
    private readonly List<DicomDataset> unsettled = [];
    private int elements;
    private ParserFrame frame;

    public DatasetParser(DicomInput input, DicomReadOptions options, ReadRemarks remarks)
    {
        this.input = input;
        this.options = options;
        this.remarks = remarks;
    }

    /// <summary>Reads until the input ends, or to a top-level tag at which <paramref name="stop"/> is true.</summary>
    public void Read(DicomDataset root, DicomTransferSyntax syntax, Func<DicomTag, bool>? stop = null)
    {
        ReadElements(root, syntax, stop);
        foreach (var dataset in unsettled)
        {
            dataset.Settle();
        }
    }

    private void ReadElements(DicomDataset root, DicomTransferSyntax syntax, Func<DicomTag, bool>? stop)
    {
        frames.Clear();
        frame = new ParserFrame
        {
            Dataset = root,
            CharacterSet = DicomCharacterSet.Default,
            End = ParserFrame.NoEnd,
            Limit = input.Length ?? ParserFrame.NoEnd,
            IsExplicit = syntax.IsExplicitVR,
            IsBigEndian = !syntax.IsLittleEndian,
        };

        while (true)
        {
            while (input.Offset >= frame.End && frames.Count > 0)
            {
                frame = frames.Pop();
            }

            if (!input.Ensure(8))
            {
                FinishAtEnd();
                return;
            }

            var tag = PeekTag();
            if (frames.Count == 0 && stop is not null && stop(tag))
            {
                return;
            }

            if (frame.Sequence is not null)
            {
                ReadItemStart(tag);
            }
            else if (tag.Group == 0xFFFE)
            {
                ReadItemEnd(tag);
            }
            else
            {
                ReadElement(tag);
            }
        }
    }

    private void FinishAtEnd()
    {
        var rest = input.Available;
        if (frames.Count > 0)
        {
            throw Bad(frame.Sequence?.Tag, "the input ends inside a sequence");
        }

        if (rest.IsEmpty)
        {
            return;
        }

        if (rest.IndexOfAnyExcept((byte)0) >= 0)
        {
            throw Bad(null, $"{rest.Length} bytes after the last element");
        }

        remarks.Add("zero bytes after the last element");
    }

    private DicomTag PeekTag()
    {
        var bytes = input.Available;
        return frame.IsBigEndian
            ? new DicomTag(
                BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))
            : new DicomTag(
                BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
    }

    private uint ReadUInt32(int at)
    {
        var bytes = input.Available[at..];
        return frame.IsBigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private void ReadItemStart(DicomTag tag)
    {
        var offset = input.Offset;
        var length = ReadUInt32(4);
        input.Advance(8);
        if (tag == DicomTag.SequenceDelimitationItem)
        {
            if (frame.End != ParserFrame.NoEnd)
            {
                throw Bad(frame.Sequence!.Tag, "a delimiter inside a sequence of defined length", offset);
            }

            frame = frames.Pop();
            return;
        }

        if (tag != DicomTag.Item)
        {
            throw Bad(frame.Sequence!.Tag, $"{tag} where an item should start", offset);
        }

        var sequence = frame.Sequence!;
        Count(sequence.Tag, offset);
        var item = new DicomDataset();
        item.AttachTo(frame.Dataset, sequence.Tag, frame.Items++);
        if (options.KeepOnly is null)
        {
            sequence.Add(item);
        }

        Open(item, null, length, offset, frame.IsExplicit, frame.IsBigEndian);
    }

    private void ReadItemEnd(DicomTag tag)
    {
        var offset = input.Offset;
        if (tag == DicomTag.SequenceDelimitationItem && frames.Count == 0 && ReadUInt32(4) == 0)
        {
            remarks.Add(frame.Dataset, tag, offset, "a stray delimiter");
            input.Advance(8);
            return;
        }

        if (tag != DicomTag.ItemDelimitationItem || frames.Count == 0 || frame.End != ParserFrame.NoEnd)
        {
            throw Bad(tag, "a delimiter where an element should start", offset);
        }

        input.Advance(8);
        frame = frames.Pop();
    }

    private void ReadElement(DicomTag tag)
    {
        var header = ReadHeader(tag);
        if (header.VR == DicomVR.SQ || (header.VR == DicomVR.UN && header.IsUndefined))
        {
            // PS3.5 6.2.2: UN of undefined length is a sequence in implicit VR little endian.
            var isKnown = header.VR == DicomVR.SQ;
            var sequence = new DicomSequence(tag);
            if (options.KeepOnly is null)
            {
                AddTo(frame.Dataset, sequence, header.Offset);
            }

            Open(frame.Dataset, sequence, header.Length, header.Offset, frame.IsExplicit && isKnown,
                frame.IsBigEndian && isKnown);
            return;
        }

        if (header.IsUndefined)
        {
            var fragments = ReadFragments(header);
            if (options.KeepOnly is null)
            {
                AddTo(frame.Dataset, fragments, header.Offset);
            }

            return;
        }

        if (header.Length > Remaining())
        {
            throw Bad(tag, $"a length of {header.Length} bytes where {Remaining()} remain", header.Offset);
        }

        if (!IsKept(tag, header.Length))
        {
            PassOver(tag, header.Length);
            return;
        }

        var element = ReadValue(header);
        AddTo(frame.Dataset, element, header.Offset);
        if (tag == DicomTag.SpecificCharacterSet)
        {
            frame.CharacterSet = DicomCharacterSet.Of(frame.Dataset.TextOf(element));
        }
    }

    /// <summary>The character set is always needed: it decodes the texts that are kept.</summary>
    private bool IsKept(DicomTag tag, long length) =>
        options.KeepOnly is not { } kept
        || (frames.Count == 0 && length <= options.LargeValueBytes
            && (tag == DicomTag.SpecificCharacterSet || kept.Contains(tag)));

    private void PassOver(DicomTag tag, long length)
    {
        var offset = input.Offset;
        if (!input.TryPassOver(length))
        {
            throw Bad(tag, $"a length of {length} bytes where only {input.Offset - offset} remain", offset);
        }
    }

    private ElementHeader ReadHeader(DicomTag tag)
    {
        var offset = input.Offset;
        if (!frame.IsExplicit)
        {
            return ReadImplicitHeader(tag, offset);
        }

        var bytes = input.Available;
        var vr = DicomVR.Find(bytes[4], bytes[5]);
        if (vr is null)
        {
            if (!char.IsAsciiLetterUpper((char)bytes[4]) || !char.IsAsciiLetterUpper((char)bytes[5]))
            {
                remarks.Add(frame.Dataset, tag, offset, "no VR in explicit VR, read as implicit");
                return ReadImplicitHeader(tag, offset);
            }

            // PS3.5 7.1.2: a VR of a later edition has the long form.
            remarks.Add(frame.Dataset, tag, offset, "unknown VR, read as UN");
            vr = DicomVR.UN;
        }

        if (!vr.HasLongLength)
        {
            var length = frame.IsBigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(bytes[6..])
                : BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
            input.Advance(8);
            return new ElementHeader(tag, vr, length, offset);
        }

        if (!input.Ensure(12))
        {
            throw Bad(tag, "the input ends inside an element's header", offset);
        }

        var longLength = ReadUInt32(8);
        input.Advance(12);
        return new ElementHeader(tag, vr, longLength, offset);
    }

    private ElementHeader ReadImplicitHeader(DicomTag tag, long offset)
    {
        var length = ReadUInt32(4);
        input.Advance(8);
        var vr = DicomDictionary.Resolve(tag, frame.Dataset);
        return new ElementHeader(tag, vr, length, offset);
    }

    private DicomElement ReadValue(ElementHeader header)
    {
        // Text stays with the character set it was read in, which a value in a file does not know.
        if (header.Length > options.LargeValueBytes && input.File is not null && !header.VR.UsesCharacterSet)
        {
            var stored = new StoredBytes(input.File, input.Offset, header.Length);
            if (!frame.IsBigEndian || header.VR.UnitBytes <= 1)
            {
                input.Skip(header.Length);
                return new StoredElement(header.Tag, header.VR, stored);
            }
        }

        var bytes = Take(header.Tag, header.Length);
        if (frame.IsBigEndian && header.VR.UnitBytes > 1)
        {
            bytes = ByteOrder.Swapped(bytes.Span, BigEndianUnit(header));
        }

        return new BytesElement(header.Tag, header.VR, bytes, frame.CharacterSet, header.Offset);
    }

    /// <summary>Bytes to turn round together: of a tag each half, of pixels the cell.</summary>
    private int BigEndianUnit(ElementHeader header)
    {
        if (header.VR == DicomVR.AT)
        {
            return 2;
        }

        var isWideCell = header.Tag == DicomTag.PixelData && header.VR == DicomVR.OW
            && frame.Dataset.TryGetElement(DicomTag.BitsAllocated, out var bits) && bits.Length == 2
            && bits.ReadBytes().Span[0] == 32;
        return isWideCell ? 4 : header.VR.UnitBytes;
    }

    private DicomFragmentSequence ReadFragments(ElementHeader header)
    {
        if (header.VR != DicomVR.OB && header.VR != DicomVR.OW)
        {
            throw Bad(header.Tag, $"undefined length of VR {header.VR}", header.Offset);
        }

        var start = input.Offset;
        var fragments = new List<DicomFragment>();
        uint[]? offsets = null;
        while (true)
        {
            var offset = input.Offset;
            if (!input.Ensure(8))
            {
                throw Bad(header.Tag, "the input ends inside encapsulated pixel data", offset);
            }

            var tag = PeekTag();
            var length = ReadUInt32(4);
            input.Advance(8);
            if (tag == DicomTag.SequenceDelimitationItem)
            {
                return new DicomFragmentSequence(header.Tag, header.VR, fragments, offsets, start);
            }

            if (tag != DicomTag.Item || length > Remaining())
            {
                throw Bad(header.Tag, tag == DicomTag.Item
                    ? $"a fragment of {length} bytes where {Remaining()} remain"
                    : $"{tag} where a fragment should start", offset);
            }

            if (offsets is null)
            {
                offsets = ReadOffsetTable(header.Tag, length, offset);
            }
            else if (options.KeepOnly is not null)
            {
                PassOver(header.Tag, length);
            }
            else if (length > options.LargeValueBytes && input.File is not null)
            {
                fragments.Add(new DicomFragment(new StoredBytes(input.File, input.Offset, length)));
                input.Skip(length);
            }
            else
            {
                fragments.Add(new DicomFragment(Take(header.Tag, length)));
            }
        }
    }

    private uint[] ReadOffsetTable(DicomTag tag, long length, long offset)
    {
        if (length % 4 != 0)
        {
            throw Bad(tag, "a basic offset table whose length is no multiple of 4", offset);
        }

        var bytes = Take(tag, length).Span;
        var offsets = new uint[bytes.Length / 4];
        for (var index = 0; index < offsets.Length; index++)
        {
            offsets[index] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * 4)..]);
        }

        return offsets;
    }

    private ReadOnlyMemory<byte> Take(DicomTag tag, long length)
    {
        var offset = input.Offset;
        return input.TryTake(length)
            ?? throw Bad(tag, $"a length of {length} bytes where only {input.Available.Length} remain", offset);
    }

    /// <summary>Opens an item (no sequence given) or a sequence.</summary>
    private void Open(
        DicomDataset dataset, DicomSequence? sequence, long length, long offset, bool isExplicit, bool isBigEndian)
    {
        if (frames.Count >= 2 * options.MaximumDepth)
        {
            throw Bad(sequence?.Tag, $"sequences nested more than {options.MaximumDepth} deep", offset);
        }

        var end = ParserFrame.NoEnd;
        if (length != ElementHeader.Undefined)
        {
            if (length > Remaining())
            {
                throw Bad(sequence?.Tag ?? frame.Sequence?.Tag,
                    $"a length of {length} bytes where {Remaining()} remain", offset);
            }

            end = input.Offset + length;
        }

        var outer = frame;
        frames.Push(outer);
        frame = new ParserFrame
        {
            Dataset = dataset,
            Sequence = sequence,
            CharacterSet = outer.CharacterSet,
            End = end,
            Limit = Math.Min(end, outer.Limit),
            IsExplicit = isExplicit,
            IsBigEndian = isBigEndian,
        };
    }

    private long Remaining() => frame.Limit - input.Offset;

    private void AddTo(DicomDataset dataset, DicomElement element, long offset)
    {
        Count(element.Tag, offset);
        var wasSettled = !dataset.IsUnsettled;
        if (!dataset.TryAppend(element))
        {
            remarks.Add(dataset, element.Tag, offset, "the tag is there already, ignored");
        }
        else if (wasSettled && dataset.IsUnsettled)
        {
            unsettled.Add(dataset);
            remarks.Add(dataset, element.Tag, offset, "the tag is out of order");
        }
    }

    private void Count(DicomTag tag, long offset)
    {
        if (++elements > options.MaximumElements)
        {
            throw Bad(tag, $"more than {options.MaximumElements} elements and items", offset);
        }
    }

    private DicomFormatException Bad(DicomTag? tag, string reason, long? offset = null) =>
        new(reason, tag is null ? null : frame.Dataset.PathOf(tag.Value), offset ?? input.Offset);
}
