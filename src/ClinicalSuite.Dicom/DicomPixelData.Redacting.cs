using System.Buffers.Binary;
using ClinicalSuite.Dicom.Deidentification;
using ClinicalSuite.Dicom.IO;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomPixelData
{
    /// <summary>
    /// A copy of the data set with native pixel data in which the pixels of a mask are blanked in all frames, and the bits
    /// beside those of the pixels are cleared where they hold an overlay. Frames are worked on one by one; they lie in
    /// <paramref name="scratchFile"/>, which must stay while the copy is in use.
    /// </summary>
    /// <exception cref="DicomFormatException">The frames cannot be decoded, or pixels of their kind cannot be blanked.</exception>
    internal DicomDataset Redact(PixelMask? mask, bool clearsUnusedBits, string scratchFile)
    {
        if (BitsAllocated is 1 or 12)
        {
            throw Bad($"pixels of {BitsAllocated} bits cannot be blanked");
        }

        if ((UInt128)(ulong)FrameBytes * (ulong)NumberOfFrames > uint.MaxValue - 1)
        {
            throw Bad("decoded pixel data of more than 4 GiB");
        }

        long length;
        using (var stream = new FileStream(scratchFile, FileMode.Create, FileAccess.Write))
        {
            var cells = new byte[FrameBytes];
            for (var frame = 0; frame < NumberOfFrames; frame++)
            {
                ReadFrame(frame, cells);
                if (mask is not null)
                {
                    BlankPixels(cells, mask);
                }

                if (clearsUnusedBits)
                {
                    ClearUnusedBits(cells);
                }

                stream.Write(cells);
            }

            length = stream.Length;
        }

        var copy = dataset.Clone();
        copy.SourceSyntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        SayWhatWasLost(copy);
        SetColours(copy, NativePhotometricInterpretation);
        copy.Remove(DicomTag.ExtendedOffsetTable).Remove(DicomTag.ExtendedOffsetTableLengths);
        var stored = new StoredBytes(new StoredFile(Path.GetFullPath(scratchFile), length), 0, length);
        var vr = Fragments is null ? element.VR : BitsAllocated <= 8 ? DicomVR.OB : DicomVR.OW;
        return copy.AddOrUpdate(new StoredElement(element.Tag, vr, stored));
    }

    private void BlankPixels(Span<byte> cells, PixelMask mask)
    {
        if (IsUncompressed422)
        {
            Blank422(cells, mask.Blank);
            return;
        }

        var size = BitsAllocated / 8;
        var count = Rows * Columns;
        Span<byte> black = stackalloc byte[size];
        for (var sample = 0; sample < SamplesPerPixel; sample++)
        {
            BlackOf(sample, black);
            for (var pixel = 0; pixel < count; pixel++)
            {
                if (mask.Blank[pixel])
                {
                    var at = IsPlanar ? (sample * count) + pixel : (pixel * SamplesPerPixel) + sample;
                    black.CopyTo(cells.Slice(at * size, size));
                }
            }
        }
    }

    /// <summary>Two luminances, then the chrominance of both: a pair with one blanked pixel goes as a whole.</summary>
    private static void Blank422(Span<byte> cells, bool[] blank)
    {
        for (var pixel = 0; pixel + 1 < blank.Length; pixel += 2)
        {
            if (blank[pixel] || blank[pixel + 1])
            {
                ReadOnlySpan<byte> black = [0, 0, 128, 128];
                black.CopyTo(cells.Slice(pixel * 2, 4));
            }
        }
    }

    /// <summary>The sample that is shown black: the least grey, the greatest where polarity is reversed, no colour.</summary>
    private void BlackOf(int sample, Span<byte> cell)
    {
        cell.Clear();
        if (IsFloat)
        {
            return;
        }

        var photometric = NativePhotometricInterpretation;
        var value = photometric.StartsWith("YBR", StringComparison.Ordinal) && sample > 0 ? 1L << (BitsStored - 1)
            : photometric == "MONOCHROME1" ? (1L << (IsSigned ? BitsStored - 1 : BitsStored)) - 1
            : photometric == "MONOCHROME2" && IsSigned ? -(1L << (BitsStored - 1))
            : 0;
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(wide, value << (HighBit + 1 - BitsStored));
        wide[..cell.Length].CopyTo(cell);
    }

    /// <summary>Old overlays lie in the bits that the pixels leave free (PS3.3 C.9.2, retired).</summary>
    private void ClearUnusedBits(Span<byte> cells)
    {
        if (IsFloat || BitsAllocated > 32)
        {
            return;
        }

        var used = unchecked((uint)(((1UL << BitsStored) - 1) << (HighBit + 1 - BitsStored)));
        var size = BitsAllocated / 8;
        for (var index = 0; index < cells.Length; index++)
        {
            cells[index] &= (byte)((used >> (8 * (index % size))) & 0xFF);
        }
    }
}
