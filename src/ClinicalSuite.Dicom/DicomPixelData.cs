namespace ClinicalSuite.Dicom;

/// <summary>
/// The image pixel attributes of a data set and its frames (PS3.3 C.7.6.3). Frames come as native little-endian bytes.
/// </summary>
public sealed class DicomPixelData
{
    private readonly DicomElement element;
    private ReadOnlyMemory<byte>? native;

    private DicomPixelData(DicomDataset dataset, DicomElement element)
    {
        this.element = element;
        Rows = dataset.GetInt(DicomTag.Rows);
        Columns = dataset.GetInt(DicomTag.Columns);
        NumberOfFrames = dataset.TryGetInt(DicomTag.NumberOfFrames, out var frames) ? frames : 1;
        BitsAllocated = dataset.GetInt(DicomTag.BitsAllocated);
        BitsStored = dataset.TryGetInt(DicomTag.BitsStored, out var stored) ? stored : BitsAllocated;
        HighBit = dataset.TryGetInt(DicomTag.HighBit, out var high) ? high : BitsStored - 1;
        IsSigned = dataset.TryGetInt(DicomTag.PixelRepresentation, out var representation) && representation == 1;
        SamplesPerPixel = dataset.TryGetInt(DicomTag.SamplesPerPixel, out var samples) ? samples : 1;
        PhotometricInterpretation = dataset.GetStringOrEmpty(DicomTag.PhotometricInterpretation);
    }

    public int Rows { get; }

    public int Columns { get; }

    public int NumberOfFrames { get; }

    public int BitsAllocated { get; }

    public int BitsStored { get; }

    public int HighBit { get; }

    public bool IsSigned { get; }

    public int SamplesPerPixel { get; }

    public string PhotometricInterpretation { get; }

    /// <summary>Bytes of one frame; for one bit per pixel a frame need not start on a byte.</summary>
    public long FrameBytes => ((long)Rows * Columns * SamplesPerPixel * BitsAllocated + 7) / 8;

    /// <exception cref="DicomFormatException">A pixel attribute or the pixel data are absent or unreadable.</exception>
    public static DicomPixelData Create(DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new DicomPixelData(dataset, dataset.GetElement(DicomTag.PixelData));
    }

    /// <summary>One frame, zero-based, as native little-endian bytes.</summary>
    public ReadOnlySpan<byte> GetFrame(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        native ??= element.ReadBytes();
        return native.Value.Span.Slice(checked((int)(frame * FrameBytes)), (int)FrameBytes);
    }
}
