namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Where the encoded bytes of a frame are: fragments by offset table, or a stretch of native data.</summary>
internal static class FrameSource
{
    /// <summary>The fragments of one frame, joined.</summary>
    /// <exception cref="DicomFormatException">Nothing tells which fragments belong to the frame.</exception>
    public static ReadOnlyMemory<byte> Encoded(
        DicomFragmentSequence sequence, int frame, int frames, IReadOnlyList<long> extendedOffsets)
    {
        var (first, count) = Find(sequence, frame, frames, extendedOffsets);
        if (count == 1)
        {
            return sequence.Fragments[first].Read();
        }

        using var joined = new MemoryStream();
        for (var index = first; index < first + count; index++)
        {
            joined.Write(sequence.Fragments[index].Read().Span);
        }

        return joined.ToArray();
    }

    /// <summary>Copies a stretch of native pixel data, from memory or from the file.</summary>
    public static void Native(DicomElement element, long start, Span<byte> target)
    {
        if (element is StoredElement stored)
        {
            stored.Bytes.Read(start, target);
        }
        else
        {
            element.ReadBytes().Span.Slice(checked((int)start), target.Length).CopyTo(target);
        }
    }

    private static (int First, int Count) Find(
        DicomFragmentSequence sequence, int frame, int frames, IReadOnlyList<long> extendedOffsets)
    {
        var fragments = sequence.Fragments;
        if (frames == 1)
        {
            return (0, fragments.Count);
        }

        if (fragments.Count == frames)
        {
            return (frame, 1);
        }

        IReadOnlyList<long> offsets = extendedOffsets.Count == frames
            ? extendedOffsets
            : [.. sequence.OffsetTable.Select(offset => (long)offset)];
        if (offsets.Count == frames)
        {
            var first = IndexAt(fragments, offsets[frame]);
            var end = frame + 1 < frames ? IndexAt(fragments, offsets[frame + 1]) : fragments.Count;
            return end > first ? (first, end - first) : throw Bad("an offset table that is not in order");
        }

        var starts = Starts(fragments);
        if (starts.Count != frames)
        {
            throw Bad($"{fragments.Count} fragments for {frames} frames and no offset table");
        }

        return (starts[frame], (frame + 1 < frames ? starts[frame + 1] : fragments.Count) - starts[frame]);
    }

    /// <summary>Fragments that open a JPEG, JPEG-LS or JPEG 2000 image: without an offset table only they tell.</summary>
    private static List<int> Starts(IReadOnlyList<DicomFragment> fragments)
    {
        var starts = new List<int>();
        for (var index = 0; index < fragments.Count; index++)
        {
            if (fragments[index].ReadStart(4).Span is [0xFF, 0xD8, 0xFF, ..] or [0xFF, 0x4F, 0xFF, 0x51, ..])
            {
                starts.Add(index);
            }
        }

        return starts;
    }

    /// <summary>The fragment whose item tag stands at an offset from the first one's (PS3.5 A.4).</summary>
    private static int IndexAt(IReadOnlyList<DicomFragment> fragments, long offset)
    {
        const int ItemHeaderBytes = 8;
        var at = 0L;
        for (var index = 0; index < fragments.Count; index++)
        {
            if (at == offset)
            {
                return index;
            }

            at += ItemHeaderBytes + fragments[index].Length + (fragments[index].Length & 1);
        }

        throw Bad("an offset table that points beside the fragments");
    }

    private static DicomFormatException Bad(string reason) => new(reason, DicomTag.PixelData.ToString());
}
