namespace ClinicalSuite.Dicom.Conformance;

/// <summary>What an image says of its pixels against itself and against the bytes that are there (PS3.3 C.7.6.3, PS3.5 8).</summary>
internal sealed class PixelCheck(ObjectUnderCheck subject)
{
    private const string Module = "Image Pixel";

    private static readonly (DicomTag Tag, int Bits)[] PixelElements =
        [(DicomTag.PixelData, 0), (DicomTag.FloatPixelData, 32), (DicomTag.DoubleFloatPixelData, 64)];

    private readonly DicomDataset image = subject.Dataset;

    public void Check()
    {
        CheckBits();
        CheckSamples();
        foreach (var (tag, bits) in PixelElements)
        {
            if (image.TryGetElement(tag, out var element))
            {
                CheckRepresentation(element);
                CheckLength(element, bits);
            }
        }

        CheckPalette();
    }

    private void CheckBits()
    {
        if (Number(DicomTag.BitsAllocated) is not { } allocated || Number(DicomTag.BitsStored) is not { } stored)
        {
            return;
        }

        if (stored > allocated || stored == 0)
        {
            subject.Error(image, DicomTag.BitsStored, Module, $"is {stored}, of {allocated} allocated");
        }

        if (Number(DicomTag.HighBit) is { } high && high != stored - 1)
        {
            subject.Error(image, DicomTag.HighBit, Module, $"is {high}, one less than BitsStored is {stored - 1}");
        }
    }

    private void CheckSamples()
    {
        if (Number(DicomTag.SamplesPerPixel) is not { } samples)
        {
            return;
        }

        var photometric = image.GetStringOrEmpty(DicomTag.PhotometricInterpretation);
        var wanted = photometric switch
        {
            "MONOCHROME1" or "MONOCHROME2" or "PALETTE COLOR" => 1,
            "RGB" or "HSV" or "YBR_FULL" or "YBR_FULL_422" or "YBR_PARTIAL_422" or "YBR_PARTIAL_420" or "YBR_ICT" or "YBR_RCT" => 3,
            _ => samples,
        };
        if (samples != wanted)
        {
            subject.Error(image, DicomTag.SamplesPerPixel, Module, $"is {samples}, the photometric interpretation has {wanted}");
        }
    }

    private void CheckRepresentation(DicomElement element)
    {
        if (element.Tag == DicomTag.PixelData && subject.IsExplicit && element is not DicomFragmentSequence
            && element.VR == DicomVR.OB && Number(DicomTag.BitsAllocated) > 8)
        {
            subject.Error(image, element.Tag, Module, "has VR OB with more than 8 bits allocated");
        }

        if (subject.Syntax is { } syntax && syntax.Name != syntax.Uid && syntax.IsEncapsulated != element is DicomFragmentSequence)
        {
            subject.Error(image, element.Tag, Module, $"is not in the form that the transfer syntax {syntax} asks for");
        }
    }

    /// <summary>Frames follow each other without padding; the whole is padded to an even length (PS3.5 8.1.1).</summary>
    private void CheckLength(DicomElement element, int bits)
    {
        if (Number(DicomTag.Rows) is not { } rows || Number(DicomTag.Columns) is not { } columns)
        {
            return;
        }

        var frames = Number(DicomTag.NumberOfFrames) ?? 1;
        if (element is DicomFragmentSequence fragments)
        {
            var items = fragments.Fragments.Count;
            if (items < frames)
            {
                subject.Error(image, element.Tag, Module, $"has {items} fragments for {frames} frames");
            }

            return;
        }

        bits = bits > 0 ? bits : (int)(Number(DicomTag.BitsAllocated) ?? 0);
        var samples = Number(DicomTag.SamplesPerPixel) ?? 1;
        samples = image.GetStringOrEmpty(DicomTag.PhotometricInterpretation) is "YBR_FULL_422" or "YBR_PARTIAL_422" ? 2 : samples;
        var bytes = (((Int128)rows * columns * frames * samples * bits) + 7) / 8;
        bytes += bytes & 1;
        if (bytes != element.Length)
        {
            subject.Error(image, element.Tag, Module, $"has {element.Length} bytes, rows, columns, frames, samples and bits make {bytes}");
        }
    }

    private void CheckPalette()
    {
        CheckTable(image, DicomTag.RedPaletteColorLookupTableDescriptor, DicomTag.RedPaletteColorLookupTableData);
        CheckTable(image, DicomTag.GreenPaletteColorLookupTableDescriptor, DicomTag.GreenPaletteColorLookupTableData);
        CheckTable(image, DicomTag.BluePaletteColorLookupTableDescriptor, DicomTag.BluePaletteColorLookupTableData);
        foreach (var item in ItemTree.Below(image))
        {
            CheckTable(item, DicomTag.LUTDescriptor, DicomTag.LUTData);
        }
    }

    /// <summary>0 entries stand for 65536 (PS3.3 C.7.6.3.1.5, C.11.1.1); of up to 8 bits two may lie in one word.</summary>
    private void CheckTable(DicomDataset item, DicomTag descriptor, DicomTag table)
    {
        if (!item.TryGetElement(descriptor, out var description) || !item.TryGetElement(table, out var data)
            || description.IsEmpty || description.VR.UnitBytes != 2)
        {
            return;
        }

        var described = item.GetLongs(descriptor);
        if (described.Length != 3)
        {
            return;
        }

        var entries = (described[0] & 0xFFFF) == 0 ? 65536 : described[0] & 0xFFFF;
        if (data.Length != entries * 2 && !(described[2] <= 8 && data.Length == entries + (entries & 1)))
        {
            subject.Error(item, table, Module, $"has {data.Length} bytes for {entries} entries");
        }
    }

    private long? Number(DicomTag tag) => Numbers.First(image, tag);
}
