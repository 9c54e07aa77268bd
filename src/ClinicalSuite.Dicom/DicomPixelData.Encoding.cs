using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomPixelData
{
    /// <summary>A copy of the data set whose pixel data are RLE Lossless, one fragment a frame.</summary>
    /// <exception cref="DicomFormatException">There are no pixels of 8, 16 or 32 bits that can be decoded.</exception>
    public static DicomDataset EncodeRle(DicomDataset dataset)
    {
        var pixels = Create(dataset);
        if (pixels.IsFloat || pixels.BitsAllocated is not (8 or 16 or 32) || pixels.IsUncompressed422
            || pixels.SamplesPerPixel * pixels.BitsAllocated > 15 * 8)
        {
            throw pixels.Bad("RLE has no place for pixels of this kind");
        }

        var fragments = new List<DicomFragment>();
        var offsets = new List<uint>();
        var at = 0L;
        for (var frame = 0; frame < pixels.NumberOfFrames; frame++)
        {
            var encoded = RleCodec.Encode(
                pixels.GetFrame(frame), pixels.SamplesPerPixel, pixels.BitsAllocated / 8, pixels.IsPlanar);
            fragments.Add(new DicomFragment(encoded));
            offsets.Add(unchecked((uint)at));
            at += 8 + encoded.Length;
        }

        // Offsets are 32 bits: beyond that the table is left out and one fragment is one frame (PS3.5 A.4).
        var table = at <= uint.MaxValue ? offsets : [];
        var copy = dataset.Clone();
        copy.SourceSyntax = DicomTransferSyntax.RLELossless;
        return copy.AddOrUpdate(new DicomFragmentSequence(DicomTag.PixelData, DicomVR.OB, fragments, table));
    }

    /// <summary>A copy of the data set whose pixel data are native.</summary>
    /// <exception cref="DicomFormatException">The compression is not decoded yet, or the pixels are longer than 2 GiB.
    /// </exception>
    public static DicomDataset Decode(DicomDataset dataset, DicomTransferSyntax? syntax = null)
    {
        var pixels = Create(dataset, syntax);
        var copy = dataset.Clone();
        copy.SourceSyntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        if (pixels.Fragments is null)
        {
            return copy;
        }

        var total = pixels.FrameBytes * pixels.NumberOfFrames;
        if (total > Array.MaxLength)
        {
            throw pixels.Bad("decoded pixel data of more than 2 GiB");
        }

        var native = new byte[total + (total & 1)];
        for (var frame = 0; frame < pixels.NumberOfFrames; frame++)
        {
            pixels.ReadFrame(
                frame, native.AsSpan((int)(frame * pixels.FrameBytes), (int)pixels.FrameBytes));
        }

        var vr = pixels.BitsAllocated <= 8 ? DicomVR.OB : DicomVR.OW;
        return copy.AddOrUpdate(vr, DicomTag.PixelData, native);
    }
}
