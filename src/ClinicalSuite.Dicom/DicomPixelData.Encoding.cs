using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomPixelData
{
    /// <summary>True for the transfer syntaxes that <see cref="Encode"/> writes.</summary>
    public static bool CanEncode(DicomTransferSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        return FrameEncoder.Writes(syntax) || (!syntax.IsEncapsulated && syntax.IsLittleEndian
            && syntax.Uid is DicomUID.ImplicitVRLittleEndian or DicomUID.ExplicitVRLittleEndian
                or DicomUID.DeflatedExplicitVRLittleEndian);
    }

    /// <summary>
    /// A copy of the data set for another transfer syntax, the pixels the same: native, RLE, JPEG lossless SV1, JPEG-LS
    /// lossless or JPEG 2000 lossless. Frames in the wanted syntax stay as they are.
    /// </summary>
    /// <exception cref="DicomFormatException">
    /// The pixels cannot be decoded, or the transfer syntax is not written or has no place for them.
    /// </exception>
    public static DicomDataset Encode(
        DicomDataset dataset, DicomTransferSyntax target, DicomOffsetTable offsetTable = DicomOffsetTable.Basic)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(target);
        if (!CanEncode(target))
        {
            throw new DicomFormatException(
                $"pixel data are not written in {target}", DicomTag.PixelData.ToString(), null, dataset.SourceFile);
        }

        if (!target.IsEncapsulated)
        {
            return Decode(dataset);
        }

        var pixels = Create(dataset);
        if (pixels.Fragments is not null && target.Equals(pixels.TransferSyntax))
        {
            return dataset.Clone();
        }

        if (pixels.IsFloat || pixels.BitsAllocated is not (8 or 12 or 16 or 32)
            || pixels.SamplesPerPixel * pixels.BitsAllocated > 15 * 8)
        {
            throw pixels.Bad($"{target} has no place for pixels of this kind"
                + (pixels.IsFloat ? " (floating point)" : $" ({pixels.BitsAllocated} bits allocated)"));
        }

        return pixels.EncodeFrames(target, offsetTable);
    }

    /// <summary>A copy of the data set whose pixel data are native; a data set without pixels comes back as it is.
    /// </summary>
    /// <exception cref="DicomFormatException">The frames cannot be decoded, or the pixels are longer than 2 GiB.
    /// </exception>
    public static DicomDataset Decode(DicomDataset dataset, DicomTransferSyntax? syntax = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var copy = dataset.Clone();
        DecodeItems(copy, syntax ?? dataset.SourceSyntax);
        copy.SourceSyntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        if (!dataset.TryGetElement(DicomTag.PixelData, out var element) || element is not DicomFragmentSequence)
        {
            return copy;
        }

        var pixels = Create(dataset, syntax);
        var total = pixels.FrameBytes * pixels.NumberOfFrames;
        if (total > Array.MaxLength)
        {
            throw pixels.Bad("decoded pixel data of more than 2 GiB");
        }

        // Nothing is set aside for what does not come: the first frame must be there.
        var first = pixels.GetFrame(0);
        var native = new byte[total + (total & 1)];
        first.CopyTo(native);
        for (var frame = 1; frame < pixels.NumberOfFrames; frame++)
        {
            pixels.ReadFrame(
                frame, native.AsSpan((int)(frame * pixels.FrameBytes), (int)pixels.FrameBytes));
        }

        pixels.SayWhatWasLost(copy);
        SetColours(copy, pixels.NativePhotometricInterpretation);
        var vr = pixels.BitsAllocated <= 8 ? DicomVR.OB : DicomVR.OW;
        return copy.Remove(DicomTag.ExtendedOffsetTable).Remove(DicomTag.ExtendedOffsetTableLengths)
            .AddOrUpdate(vr, DicomTag.PixelData, native);
    }

    /// <summary>Icons may be encapsulated as the image is (PS3.5 A.4); beside an image of another syntax they are native.
    /// </summary>
    private static void DecodeItems(DicomDataset copy, DicomTransferSyntax? syntax)
    {
        foreach (var sequence in copy.OfType<DicomSequence>().ToList())
        {
            foreach (var item in sequence.Items)
            {
                DecodeItems(item, syntax);
                if (item.TryGetElement(DicomTag.PixelData, out var icon) && icon is DicomFragmentSequence)
                {
                    var native = Decode(item, syntax);
                    item.AddOrUpdate(native.GetElement(DicomTag.PixelData))
                        .AddOrUpdate(native.GetElement(DicomTag.PhotometricInterpretation));
                }
            }
        }
    }

    private DicomDataset EncodeFrames(DicomTransferSyntax target, DicomOffsetTable offsetTable)
    {
        var isRle = target.Equals(DicomTransferSyntax.RLELossless);
        var photometric = IsUncompressed422 ? "YBR_FULL" : NativePhotometricInterpretation;
        if (target.Equals(DicomTransferSyntax.JPEG2000Lossless) && photometric == "RGB" && SamplesPerPixel == 3)
        {
            photometric = "YBR_RCT";
        }

        var frameOut = Description with
        {
            TransferSyntaxUid = target.Uid,
            PhotometricInterpretation = photometric,
            IsPlanar = IsPlanar && isRle,
            BitsAllocated = BitsAllocated == 12 ? 16 : BitsAllocated,
        };
        var encoded = new List<byte[]>();
        for (var frame = 0; frame < NumberOfFrames; frame++)
        {
            try
            {
                encoded.Add(FrameEncoder.Encode(frameOut, HighBit, Cells(frame, frameOut)));
            }
            catch (DicomFormatException problem) when (problem.Offset is null)
            {
                throw new DicomFormatException(
                    $"frame {frame + 1}: {problem.Reason}", problem.TagPath, null, dataset.SourceFile);
            }
        }

        var copy = dataset.Clone();
        DecodeItems(copy, TransferSyntax);
        copy.SourceSyntax = target;
        SayWhatWasLost(copy);
        SetColours(copy, photometric);
        if (SamplesPerPixel > 1)
        {
            copy.AddOrUpdate(DicomTag.PlanarConfiguration, frameOut.IsPlanar ? 1 : 0);
        }

        copy.AddOrUpdate(DicomTag.BitsAllocated, frameOut.BitsAllocated);
        return Encapsulate(copy, encoded, offsetTable);
    }

    /// <summary>A frame in whole cells, pixel by pixel unless plane by plane is wanted.</summary>
    private ReadOnlySpan<byte> Cells(int frame, FrameDescription wanted)
    {
        if (IsUncompressed422)
        {
            var pixels = new byte[wanted.FrameBytes];
            ColorConversion.Replicate422(GetFrame(frame), pixels);
            return pixels;
        }

        if (BitsAllocated == 12)
        {
            var values = new int[SamplesPerFrame];
            ReadStoredValues(frame, values);
            var words = Array.ConvertAll(values, value => unchecked((ushort)value));
            return MemoryMarshal.AsBytes(words.AsSpan());
        }

        var cells = GetFrame(frame);
        if (IsPlanar == wanted.IsPlanar)
        {
            return cells;
        }

        var size = BitsAllocated / 8;
        var interleaved = new byte[cells.Length];
        var count = Rows * Columns;
        for (var pixel = 0; pixel < count; pixel++)
        {
            for (var sample = 0; sample < SamplesPerPixel; sample++)
            {
                cells.Slice(((sample * count) + pixel) * size, size)
                    .CopyTo(interleaved.AsSpan(((pixel * SamplesPerPixel) + sample) * size));
            }
        }

        return interleaved;
    }

    private static DicomDataset Encapsulate(DicomDataset copy, List<byte[]> frames, DicomOffsetTable offsetTable)
    {
        copy.Remove(DicomTag.ExtendedOffsetTable).Remove(DicomTag.ExtendedOffsetTableLengths);
        var offsets = new long[frames.Count];
        var at = 0L;
        for (var frame = 0; frame < frames.Count; frame++)
        {
            offsets[frame] = at;
            // Item tag and length, and the fragment padded to an even length (PS3.5 A.4).
            at += 8 + frames[frame].Length + (frames[frame].Length & 1);
        }

        var isExtended = offsetTable == DicomOffsetTable.Extended
            || (offsetTable == DicomOffsetTable.Basic && offsets[^1] > uint.MaxValue);
        if (isExtended)
        {
            copy.AddOrUpdate(DicomVR.OV, DicomTag.ExtendedOffsetTable, Bytes(offsets))
                .AddOrUpdate(DicomVR.OV, DicomTag.ExtendedOffsetTableLengths,
                    Bytes([.. frames.Select(frame => frame.LongLength)]));
        }

        var basic = isExtended || offsetTable == DicomOffsetTable.None
            ? []
            : Array.ConvertAll(offsets, offset => (uint)offset);
        return copy.AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, DicomVR.OB, frames.Select(frame => new DicomFragment(frame)), basic));
    }

    private static byte[] Bytes(long[] values)
    {
        var bytes = new byte[8 * values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * index), values[index]);
        }

        return bytes;
    }

    private static void SetColours(DicomDataset copy, string photometric)
    {
        if (copy.GetStringOrEmpty(DicomTag.PhotometricInterpretation) != photometric)
        {
            copy.AddOrUpdate(DicomTag.PhotometricInterpretation, photometric);
        }
    }

    /// <summary>
    /// Once lossy, always lossy (PS3.3 C.7.6.1.1.5): where the sender left it to the transfer syntax to say, the data set
    /// says it from here on.
    /// </summary>
    private void SayWhatWasLost(DicomDataset copy)
    {
        if (TransferSyntax is not { IsLossy: true } || copy.TryGetString(DicomTag.LossyImageCompression, out _))
        {
            return;
        }

        var native = (double)FrameBytes * NumberOfFrames;
        var ratio = native / Math.Max(1, Fragments!.Fragments.Sum(fragment => fragment.Length));
        copy.AddOrUpdate(DicomTag.LossyImageCompression, "01")
            .AddOrUpdate(DicomTag.LossyImageCompressionRatio, ratio.ToString("0.##", CultureInfo.InvariantCulture))
            .AddOrUpdate(DicomTag.LossyImageCompressionMethod, TransferSyntax.Uid switch
            {
                DicomUID.JPEGLSNearLossless => "ISO_14495_1",
                DicomUID.JPEG2000 => "ISO_15444_1",
                DicomUID.HTJ2K => "ISO_15444_15",
                _ => "ISO_10918_1",
            });
    }
}
