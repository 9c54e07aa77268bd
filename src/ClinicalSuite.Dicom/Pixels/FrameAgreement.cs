namespace ClinicalSuite.Dicom.Pixels;

/// <summary>A frame's own header against its data set: a decoder is not asked to guess which of them is right.</summary>
internal static class FrameAgreement
{
    /// <exception cref="DicomFormatException">They differ; the message names the attribute.</exception>
    public static void Demand(FrameDescription frame, long columns, long rows, int samples, int precision)
    {
        if (rows != frame.Rows)
        {
            throw Differs(DicomTag.Rows, $"{frame.Rows} rows where the frame itself has {rows}");
        }

        if (columns != frame.Columns)
        {
            throw Differs(DicomTag.Columns, $"{frame.Columns} columns where the frame itself has {columns}");
        }

        if (samples != frame.SamplesPerPixel)
        {
            throw Differs(
                DicomTag.SamplesPerPixel, $"{frame.SamplesPerPixel} samples where the frame itself has {samples}");
        }

        // Encoders write more bits than are stored; more than are allocated cannot be kept.
        if (precision < 1 || precision > frame.BitsAllocated)
        {
            throw Differs(
                DicomTag.BitsAllocated, $"{frame.BitsAllocated} bits allocated for a frame of {precision} bits");
        }

        if (frame.BitsAllocated is not (8 or 16 or 32))
        {
            throw Differs(DicomTag.BitsAllocated, $"{frame.BitsAllocated} bits allocated for compressed pixels");
        }
    }

    private static DicomFormatException Differs(DicomTag tag, string reason) => new(reason, tag.ToString());
}
