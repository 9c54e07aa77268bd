using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomPixelData
{
    /// <summary>
    /// A frame as it is meant to be seen (PS3.4 N.2): modality LUT, VOI LUT or window, polarity and palette applied.
    /// Grey images without a window are shown from their least to their greatest value, padding left out.
    /// </summary>
    /// <exception cref="DicomFormatException">The frame cannot be decoded, or its colours are of no known kind.
    /// </exception>
    public RenderedFrame RenderFrame(int frame, FrameRendering? rendering = null)
    {
        CheckFrame(frame);
        var how = rendering ?? FrameRendering.Default;
        var isGrey = IsFloat || (SamplesPerPixel == 1 && PhotometricInterpretation != "PALETTE COLOR");
        var picture = isGrey
            ? new RenderedFrame(Columns, Rows, 1, RenderGrey(frame, how.Window))
            : new RenderedFrame(Columns, Rows, 3, GetRgbFrame(frame));
        return Reduction.Fit(picture, how.MaximumColumns, how.MaximumRows);
    }

    private byte[] RenderGrey(int frame, DicomWindow? asked)
    {
        var values = new float[SamplesPerFrame];
        var grey = new byte[values.Length];
        var padding = PaddingOf(frame, values);
        var voi = VoiFor(frame, asked, values, padding);
        // PS3.3 C.7.6.3.1.2: in MONOCHROME1 the least value is white.
        var isInverse = PhotometricInterpretation == "MONOCHROME1";
        for (var index = 0; index < values.Length; index++)
        {
            var level = voi.Level(values[index]);
            grey[index] = isInverse ? (byte)(255 - level) : level;
        }

        if (padding is not null)
        {
            for (var index = 0; index < grey.Length; index++)
            {
                grey[index] = padding[index] ? (byte)0 : grey[index];
            }
        }

        return grey;
    }

    /// <summary>Fills the values of the frame, and says which pixels are padding; null where none is.</summary>
    private bool[]? PaddingOf(int frame, float[] values)
    {
        if (IsFloat)
        {
            ReadFloats(frame, values);
            return null;
        }

        var stored = new int[values.Length];
        ReadStoredValues(frame, stored);
        ToValues(frame, stored, values);
        if (!dataset.TryGetInt(DicomTag.PixelPaddingValue, out var first))
        {
            return null;
        }

        first = AsStored(first);
        var last = dataset.TryGetInt(DicomTag.PixelPaddingRangeLimit, out var limit) ? AsStored(limit) : first;
        var (least, greatest) = (Math.Min(first, last), Math.Max(first, last));
        var padding = Array.ConvertAll(stored, value => value >= least && value <= greatest);
        return padding.Contains(true) ? padding : null;
    }

    /// <summary>The padding value in the sign of the pixels: senders write it as US whatever those are.</summary>
    private int AsStored(int value) => IsSigned && value > short.MaxValue && BitsAllocated <= 16
        ? value - 65536
        : value;

    private VoiTransform VoiFor(int frame, DicomWindow? asked, float[] values, bool[]? padding)
    {
        if (asked is { } window)
        {
            return VoiTransform.Of(window);
        }

        var source = FunctionalGroup(frame, DicomTag.FrameVOILUTSequence) ?? dataset;
        if (source.TryGetFirstItem(DicomTag.VOILUTSequence, out var table))
        {
            var isSigned = IsSigned || RescaleOf(frame).Intercept < 0;
            return VoiTransform.Of(LookupTable.Read(table, isSigned));
        }

        var windows = WindowsOf(frame);
        if (windows.Count > 0)
        {
            return VoiTransform.Of(windows[0]);
        }

        if (BitsStored is 1 or 8 && !IsSigned && !IsFloat && RescaleOf(frame) is { Slope: 1, Intercept: 0 }
            && ModalityLut is null)
        {
            return VoiTransform.Between(0, BitsStored == 1 ? 1 : 255);
        }

        var (least, greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var index = 0; index < values.Length; index++)
        {
            if (padding?[index] != true && float.IsFinite(values[index]))
            {
                least = Math.Min(least, values[index]);
                greatest = Math.Max(greatest, values[index]);
            }
        }

        return VoiTransform.Between(least, greatest);
    }
}
