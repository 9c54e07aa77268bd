using System.Runtime.InteropServices;
using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomPixelData
{
    /// <summary>
    /// Stored values of one frame: the bits stored, signed or not, 0 or 1 for one bit pixels. Samples are in the order
    /// of the frame. Unsigned values of 32 bits come as the signed number of the same bits.
    /// </summary>
    /// <param name="samples"><see cref="SamplesPerFrame"/> long.</param>
    /// <exception cref="DicomFormatException">The frame cannot be decoded, or holds floats or 4:2:2.</exception>
    public void ReadStoredValues(int frame, Span<int> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length, SamplesPerFrame);
        if (IsFloat || IsUncompressed422)
        {
            throw Bad("the pixels have no whole stored values");
        }

        StoredSamples.Read(GetFrame(frame), BitsAllocated, BitsStored, HighBit, IsSigned, samples);
    }

    private bool IsUnsigned32 => BitsStored == 32 && !IsSigned;

    /// <summary>Values of one frame after the modality transformation, for CT Hounsfield units.</summary>
    /// <param name="values"><see cref="SamplesPerFrame"/> long.</param>
    /// <exception cref="DicomFormatException">The frame cannot be decoded.</exception>
    public void ReadValues(int frame, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, SamplesPerFrame);
        if (IsFloat)
        {
            ReadFloats(frame, values);
            return;
        }

        var stored = new int[values.Length];
        ReadStoredValues(frame, stored);
        ToValues(frame, stored, values);
    }

    /// <summary>The Modality LUT Sequence, which stands in the place of a rescale (PS3.3 C.11.1).</summary>
    private LookupTable? ModalityLut => dataset.TryGetFirstItem(DicomTag.ModalityLUTSequence, out var item)
        ? LookupTable.Read(item, IsSigned)
        : null;

    private void ToValues(int frame, ReadOnlySpan<int> stored, Span<float> values)
    {
        if (ModalityLut is { } table)
        {
            for (var index = 0; index < stored.Length; index++)
            {
                values[index] = table[stored[index]];
            }

            return;
        }

        var rescale = RescaleOf(frame);
        for (var index = 0; index < stored.Length; index++)
        {
            double value = IsUnsigned32 ? unchecked((uint)stored[index]) : stored[index];
            values[index] = (float)((value * rescale.Slope) + rescale.Intercept);
        }
    }

    /// <summary>The rescale of a frame: of its functional group, else of the data set, else none.</summary>
    public DicomRescale RescaleOf(int frame)
    {
        CheckFrame(frame);
        var source = FunctionalGroup(frame, DicomTag.PixelValueTransformationSequence) ?? dataset;
        return source.TryGetDouble(DicomTag.RescaleSlope, out var slope)
            ? new DicomRescale(
                slope,
                source.TryGetDouble(DicomTag.RescaleIntercept, out var intercept) ? intercept : 0,
                source.GetStringOrEmpty(DicomTag.RescaleType))
            : DicomRescale.Identity;
    }

    /// <summary>The windows of a frame, in rescaled units; those of a width that means nothing are left out.</summary>
    public IReadOnlyList<DicomWindow> WindowsOf(int frame)
    {
        CheckFrame(frame);
        var source = FunctionalGroup(frame, DicomTag.FrameVOILUTSequence) ?? dataset;
        var centers = source.GetDoubles(DicomTag.WindowCenter);
        var widths = source.GetDoubles(DicomTag.WindowWidth);
        var explanations = source.GetStrings(DicomTag.WindowCenterWidthExplanation);
        var function = source.GetStringOrEmpty(DicomTag.VOILUTFunction) switch
        {
            "LINEAR_EXACT" => VoiLutFunction.LinearExact,
            "SIGMOID" => VoiLutFunction.Sigmoid,
            _ => VoiLutFunction.Linear,
        };
        var windows = new List<DicomWindow>();
        for (var index = 0; index < Math.Min(centers.Length, widths.Length); index++)
        {
            if (function == VoiLutFunction.Linear ? widths[index] >= 1 : widths[index] > 0)
            {
                var explanation = index < explanations.Count ? explanations[index] : "";
                windows.Add(new DicomWindow(centers[index], widths[index], explanation) { Function = function });
            }
        }

        return windows;
    }

    /// <summary>One frame of a colour image as RGB, 8 bits a channel, pixel by pixel.</summary>
    /// <exception cref="DicomFormatException">The image is no colour image of a kind that is known here.</exception>
    public byte[] GetRgbFrame(int frame)
    {
        CheckFrame(frame);
        var rgb = new byte[checked(3 * Rows * Columns)];
        if (PhotometricInterpretation == "PALETTE COLOR")
        {
            ApplyPalette(frame, rgb);
            return rgb;
        }

        if (SamplesPerPixel != 3 || BitsAllocated is not (8 or 16 or 32))
        {
            throw Bad($"no conversion of {PhotometricInterpretation}, {BitsAllocated} bits, to RGB");
        }

        if (IsUncompressed422)
        {
            ColorConversion.Replicate422(GetFrame(frame), rgb);
        }
        else
        {
            ReadEightBits(frame, rgb);
        }

        switch (NativePhotometricInterpretation)
        {
            case "RGB":
                return rgb;
            case "YBR_FULL" or "YBR_FULL_422":
                ColorConversion.FullYbrToRgb(rgb);
                return rgb;
            case "YBR_PARTIAL_422" or "YBR_PARTIAL_420":
                ColorConversion.PartialYbrToRgb(rgb);
                return rgb;
            default:
                throw Bad($"no conversion of {PhotometricInterpretation} to RGB");
        }
    }

    /// <summary>The eight highest bits stored, pixel by pixel.</summary>
    private void ReadEightBits(int frame, byte[] rgb)
    {
        var bytes = GetFrame(frame);
        if (BitsAllocated == 8 && BitsStored == 8)
        {
            if (IsPlanar)
            {
                ColorConversion.Interleave(bytes, rgb);
            }
            else
            {
                bytes.CopyTo(rgb);
            }

            return;
        }

        var stored = new int[SamplesPerFrame];
        ReadStoredValues(frame, stored);
        var pixels = rgb.Length / 3;
        var (up, down) = (Math.Max(0, 8 - BitsStored), Math.Max(0, BitsStored - 8));
        for (var index = 0; index < rgb.Length; index++)
        {
            var value = unchecked((uint)stored[IsPlanar ? (index % 3 * pixels) + (index / 3) : index]);
            rgb[index] = (byte)((value << up >> down) & 0xFF);
        }
    }

    private void ReadFloats(int frame, Span<float> values)
    {
        var bytes = GetFrame(frame);
        if (BitsAllocated == 32)
        {
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
            return;
        }

        var doubles = MemoryMarshal.Cast<byte, double>(bytes);
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (float)doubles[index];
        }
    }

    private void ApplyPalette(int frame, byte[] rgb)
    {
        var red = PaletteTable.Read(dataset, DicomTag.RedPaletteColorLookupTableDescriptor,
            DicomTag.RedPaletteColorLookupTableData, DicomTag.SegmentedRedPaletteColorLookupTableData, IsSigned);
        var green = PaletteTable.Read(dataset, DicomTag.GreenPaletteColorLookupTableDescriptor,
            DicomTag.GreenPaletteColorLookupTableData, DicomTag.SegmentedGreenPaletteColorLookupTableData, IsSigned);
        var blue = PaletteTable.Read(dataset, DicomTag.BluePaletteColorLookupTableDescriptor,
            DicomTag.BluePaletteColorLookupTableData, DicomTag.SegmentedBluePaletteColorLookupTableData, IsSigned);
        var stored = new int[SamplesPerFrame];
        ReadStoredValues(frame, stored);
        for (var index = 0; index < Rows * Columns; index++)
        {
            rgb[3 * index] = red[stored[index]];
            rgb[(3 * index) + 1] = green[stored[index]];
            rgb[(3 * index) + 2] = blue[stored[index]];
        }
    }

    private DicomDataset? FunctionalGroup(int frame, DicomTag group)
    {
        var perFrame = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        if (frame < perFrame.Count && perFrame[frame].TryGetFirstItem(group, out var own))
        {
            return own;
        }

        return dataset.TryGetFirstItem(DicomTag.SharedFunctionalGroupsSequence, out var shared)
            && shared.TryGetFirstItem(group, out var common) ? common : null;
    }
}
