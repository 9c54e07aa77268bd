using System.Buffers.Binary;
using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom.IO;

/// <summary>
/// Writes a data set in tag order, little-endian. Sequences and items have defined lengths; values that are still in
/// their file are copied through. Group lengths are left out (PS3.5 7.2: retired).
/// </summary>
internal sealed class DatasetWriter(Stream stream, bool isExplicit)
{
    private const int FlushBytes = 64 * 1024;
    private const int MaximumDepth = 64;
    private const int LongestShort = 0xFFFE;

    private byte[] buffer = new byte[4096];
    private int used;
    private int openLengths;

    public void Write(DicomDataset dataset)
    {
        WriteElements(dataset, dataset.CharacterSetInForce(), 0);
        Flush();
    }

    private void WriteElements(DicomDataset dataset, DicomCharacterSet characterSet, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidOperationException($"Sequences are nested more than {MaximumDepth} deep.");
        }

        foreach (var element in dataset)
        {
            if (element.Tag.IsGroupLength)
            {
                continue;
            }

            WriteElement(element, characterSet, depth);
            if (openLengths == 0 && used > FlushBytes)
            {
                Flush();
            }
        }
    }

    private void WriteElement(DicomElement element, DicomCharacterSet characterSet, int depth)
    {
        switch (element)
        {
            case DicomSequence sequence:
                WriteSequence(sequence, characterSet, depth);
                break;
            case DicomFragmentSequence fragments:
                WriteFragments(fragments);
                break;
            case TextElement text:
                WriteBytes(text.Tag, text.VR, text.Encode(characterSet));
                break;
            case StoredElement stored when openLengths == 0:
                WriteHeader(stored.Tag, stored.VR, stored.Length + (stored.Length & 1));
                Flush();
                stored.Bytes.CopyTo(stream);
                if ((stored.Length & 1) == 1)
                {
                    stream.WriteByte(stored.VR.Padding);
                }

                break;
            default:
                WriteBytes(element.Tag, element.VR, InCharacterSet(element, characterSet));
                break;
        }
    }

    /// <summary>Bytes that were read in another character set are decoded and encoded again.</summary>
    private static ReadOnlyMemory<byte> InCharacterSet(DicomElement element, DicomCharacterSet characterSet)
    {
        if (element is not BytesElement { VR.UsesCharacterSet: true, CharacterSet: not null } text
            || text.CharacterSet.Equivalent(characterSet))
        {
            return element.ReadBytes();
        }

        var values = DicomText.Decode(text.ReadBytes().Span, text.VR, text.CharacterSet);
        return DicomText.Encode(values, text.Tag, text.VR, characterSet);
    }

    private void WriteBytes(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> bytes)
    {
        var odd = bytes.Length & 1;
        WriteHeader(tag, vr, (long)bytes.Length + odd);
        if (bytes.Length > FlushBytes && openLengths == 0)
        {
            Flush();
            stream.Write(bytes.Span);
        }
        else
        {
            bytes.Span.CopyTo(Reserve(bytes.Length));
        }

        if (odd == 1)
        {
            Reserve(1)[0] = vr.Padding;
        }
    }

    private void WriteSequence(DicomSequence sequence, DicomCharacterSet characterSet, int depth)
    {
        WriteHeader(sequence.Tag, DicomVR.SQ, 0);
        openLengths++;
        var sequenceStart = used;
        foreach (var item in sequence.Items)
        {
            WriteTag(DicomTag.Item);
            Reserve(4);
            var itemStart = used;
            var inner = item.Contains(DicomTag.SpecificCharacterSet) ? item.CharacterSetInForce() : characterSet;
            WriteElements(item, inner, depth + 1);
            Patch(itemStart);
        }

        Patch(sequenceStart);
        openLengths--;
    }

    private void WriteFragments(DicomFragmentSequence sequence)
    {
        WriteHeader(sequence.Tag, DicomVR.OB, ElementHeader.Undefined);
        WriteItemHeader(DicomTag.Item, sequence.OffsetTable.Count * 4L);
        foreach (var offset in sequence.OffsetTable)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), offset);
        }

        foreach (var fragment in sequence.Fragments)
        {
            var odd = fragment.Length & 1;
            WriteItemHeader(DicomTag.Item, fragment.Length + odd);
            if (openLengths == 0)
            {
                Flush();
                if (fragment.Stored is not null)
                {
                    fragment.Stored.CopyTo(stream);
                }
                else
                {
                    stream.Write(fragment.Read().Span);
                }
            }
            else
            {
                var bytes = fragment.Read().Span;
                bytes.CopyTo(Reserve(bytes.Length));
            }

            if (odd == 1)
            {
                Reserve(1)[0] = 0;
            }
        }

        WriteItemHeader(DicomTag.SequenceDelimitationItem, 0);
    }

    private void WriteHeader(DicomTag tag, DicomVR vr, long length)
    {
        WriteTag(tag);
        if (isExplicit)
        {
            // PS3.5 6.2.2: a value too long for the 16-bit length of its VR is written as UN.
            var written = !vr.HasLongLength && length > LongestShort ? DicomVR.UN : vr;
            var code = Reserve(2);
            code[0] = (byte)written.Code[0];
            code[1] = (byte)written.Code[1];
            if (!written.HasLongLength)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), (ushort)length);
                return;
            }

            Reserve(2).Clear();
        }

        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), checked((uint)length));
    }

    private void WriteItemHeader(DicomTag tag, long length)
    {
        WriteTag(tag);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), checked((uint)length));
    }

    private void WriteTag(DicomTag tag)
    {
        var target = Reserve(4);
        BinaryPrimitives.WriteUInt16LittleEndian(target, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], tag.Element);
    }

    /// <summary>Writes the length of what follows <paramref name="start"/> into the four bytes before it.</summary>
    private void Patch(int start) =>
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(start - 4), (uint)(used - start));

    private Span<byte> Reserve(int count)
    {
        if (buffer.Length - used < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + count));
        }

        var span = buffer.AsSpan(used, count);
        used += count;
        return span;
    }

    private void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}
