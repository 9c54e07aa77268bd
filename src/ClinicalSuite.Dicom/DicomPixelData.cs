using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

/// <summary>
/// The image pixel attributes of a data set and its frames (PS3.3 C.7.6.3). Frames come as native little-endian bytes;
/// pixel data that lie in a file are read frame by frame. Not safe for use from several threads.
/// </summary>
public sealed partial class DicomPixelData
{
    private static readonly int[] KnownBits = [1, 8, 12, 16, 32, 64];

    private readonly DicomDataset dataset;
    private readonly DicomElement element;
    private readonly IFrameDecoder decoder;
    private byte[]? frameBuffer;
    private int frameInBuffer = -1;

    private DicomPixelData(
        DicomDataset dataset, DicomElement element, DicomTransferSyntax? syntax, IFrameDecoder decoder)
    {
        this.decoder = decoder;
        this.dataset = dataset;
        this.element = element;
        TransferSyntax = syntax;
        Rows = Required(DicomTag.Rows, 1, ushort.MaxValue);
        Columns = Required(DicomTag.Columns, 1, ushort.MaxValue);
        NumberOfFrames = dataset.TryGetInt(DicomTag.NumberOfFrames, out _)
            ? Required(DicomTag.NumberOfFrames, 1, int.MaxValue)
            : 1;
        SamplesPerPixel = dataset.TryGetInt(DicomTag.SamplesPerPixel, out _)
            ? Required(DicomTag.SamplesPerPixel, 1, 4)
            : 1;
        BitsAllocated = Required(DicomTag.BitsAllocated, 1, 64);
        BitsStored = dataset.TryGetInt(DicomTag.BitsStored, out _)
            ? Required(DicomTag.BitsStored, 1, BitsAllocated)
            : BitsAllocated;
        HighBit = dataset.TryGetInt(DicomTag.HighBit, out _)
            ? Required(DicomTag.HighBit, BitsStored - 1, BitsAllocated - 1)
            : BitsStored - 1;
        IsSigned = dataset.TryGetInt(DicomTag.PixelRepresentation, out var signed) && signed == 1;
        IsPlanar = SamplesPerPixel > 1
            && dataset.TryGetInt(DicomTag.PlanarConfiguration, out var planar) && planar == 1;
        PhotometricInterpretation = dataset.GetStringOrEmpty(DicomTag.PhotometricInterpretation);
        CheckSize();
    }

    public int Rows { get; }

    public int Columns { get; }

    public int NumberOfFrames { get; }

    /// <summary>1, 8, 12 (packed), 16, 32 or 64.</summary>
    public int BitsAllocated { get; }

    public int BitsStored { get; }

    public int HighBit { get; }

    public bool IsSigned { get; }

    /// <summary>True for Float Pixel Data and Double Float Pixel Data.</summary>
    public bool IsFloat => element.Tag != DicomTag.PixelData;

    public int SamplesPerPixel { get; }

    /// <summary>True where the samples of a frame come plane by plane.</summary>
    public bool IsPlanar { get; }

    public string PhotometricInterpretation { get; }

    /// <summary>
    /// What <see cref="GetFrame"/> gives: decoders undo the colour transformation of JPEG 2000 and bring chrominance to
    /// full size.
    /// </summary>
    public string NativePhotometricInterpretation => Fragments is null
        ? PhotometricInterpretation
        : PhotometricInterpretation switch
        {
            "YBR_RCT" or "YBR_ICT" => "RGB",
            "YBR_FULL_422" or "YBR_FULL_420" => "YBR_FULL",
            _ => PhotometricInterpretation,
        };

    /// <summary>How the pixels are encoded; null for a data set that was made in memory.</summary>
    public DicomTransferSyntax? TransferSyntax { get; }

    /// <summary>Encoded fragments as they are; null for native pixel data.</summary>
    public DicomFragmentSequence? Fragments => element as DicomFragmentSequence;

    /// <summary>False for pixel data in a transfer syntax that is kept and passed on, but not decoded.</summary>
    public bool CanDecode => Fragments is null || (TransferSyntax is { } syntax && FrameCodec.IsDecoded(syntax.Uid));

    /// <summary>True for the encapsulated transfer syntaxes that are decoded.</summary>
    public static bool CanDecodeFrom(DicomTransferSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        return FrameCodec.IsDecoded(syntax.Uid);
    }

    /// <summary>Rows * Columns * SamplesPerPixel.</summary>
    public long SamplesPerFrame => (long)Rows * Columns * SamplesPerPixel;

    /// <summary>Bytes of a frame as <see cref="GetFrame"/> gives it.</summary>
    public long FrameBytes => (FrameBits + 7) / 8;

    private long FrameBits => IsUncompressed422
        ? (long)Rows * Columns * 2 * BitsAllocated
        : SamplesPerFrame * BitsAllocated;

    /// <summary>Native 4:2:2 halves the chrominance: two bytes a pixel (PS3.3 C.7.6.3.1.2).</summary>
    private bool IsUncompressed422 => Fragments is null && SamplesPerPixel == 3
        && PhotometricInterpretation is "YBR_FULL_422" or "YBR_PARTIAL_422";

    /// <exception cref="DicomFormatException">Pixel attributes or pixel data are absent, unreadable or contradictory.
    /// </exception>
    public static DicomPixelData Create(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Create(file.Dataset, file.TransferSyntax);
    }

    /// <param name="syntax">How the pixels are encoded; for a data set that was read, known already.</param>
    /// <param name="decoder">Who decodes encoded frames; the process's own decoder where it is not named.</param>
    /// <exception cref="DicomFormatException">Pixel attributes or pixel data are absent, unreadable or contradictory.
    /// </exception>
    public static DicomPixelData Create(
        DicomDataset dataset, DicomTransferSyntax? syntax = null, IFrameDecoder? decoder = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!dataset.TryGetElement(DicomTag.PixelData, out var element)
            && !dataset.TryGetElement(DicomTag.FloatPixelData, out element)
            && !dataset.TryGetElement(DicomTag.DoubleFloatPixelData, out element))
        {
            element = dataset.GetElement(DicomTag.PixelData);
        }

        return new DicomPixelData(
            dataset, element, syntax ?? dataset.SourceSyntax, decoder ?? FrameDecoding.Decoder);
    }

    /// <summary>
    /// One frame, zero-based, as native little-endian bytes; one bit frames start at a byte. The span is good until
    /// another frame is asked for.
    /// </summary>
    /// <exception cref="DicomFormatException">The frame is damaged, or its transfer syntax is not decoded.</exception>
    public ReadOnlySpan<byte> GetFrame(int frame)
    {
        CheckFrame(frame);
        if (element is BytesElement && FrameBits % 8 == 0)
        {
            return element.ReadBytes().Span.Slice(checked((int)(frame * FrameBytes)), (int)FrameBytes);
        }

        if (frameInBuffer != frame)
        {
            frameInBuffer = -1;
            if (Fragments is not null)
            {
                frameBuffer = Decode(frame);
            }
            else
            {
                frameBuffer ??= new byte[FrameBytes];
                ReadFrame(frame, frameBuffer);
            }

            frameInBuffer = frame;
        }

        return frameBuffer;
    }

    /// <summary>Fills the target, <see cref="FrameBytes"/> long, with one frame.</summary>
    /// <exception cref="DicomFormatException">The frame is damaged, or its transfer syntax is not decoded.</exception>
    public void ReadFrame(int frame, Span<byte> target)
    {
        CheckFrame(frame);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, FrameBytes);
        if (Fragments is not null)
        {
            GetFrame(frame).CopyTo(target);
            return;
        }

        var firstBit = frame * FrameBits;
        if (firstBit % 8 == 0)
        {
            FrameSource.Native(element, firstBit / 8, target);
            ClearBeyond(target);
            return;
        }

        // PS3.5 8.1.1: one bit pixels run on across frames without padding.
        var start = firstBit / 8;
        var span = new byte[((firstBit + FrameBits + 7) / 8) - start];
        FrameSource.Native(element, start, span);
        var shift = (int)(firstBit % 8);
        for (var index = 0; index < target.Length; index++)
        {
            var next = index + 1 < span.Length ? span[index + 1] : 0;
            target[index] = (byte)(((span[index] >> shift) | (next << (8 - shift))) & 0xFF);
        }

        ClearBeyond(target);
    }

    /// <summary>Bits after the last pixel of a frame belong to the next one.</summary>
    private void ClearBeyond(Span<byte> frame)
    {
        var used = (int)(FrameBits % 8);
        if (used != 0)
        {
            frame[^1] &= (byte)((1 << used) - 1);
        }
    }

    /// <summary>What a decoder is told of each frame.</summary>
    private FrameDescription Description => new()
    {
        TransferSyntaxUid = TransferSyntax?.Uid ?? "",
        Columns = Columns,
        Rows = Rows,
        SamplesPerPixel = SamplesPerPixel,
        BitsAllocated = BitsAllocated,
        BitsStored = BitsStored,
        IsSigned = IsSigned,
        IsPlanar = IsPlanar,
        PhotometricInterpretation = PhotometricInterpretation,
    };

    private byte[] Decode(int frame)
    {
        if (!CanDecode)
        {
            throw Bad(TransferSyntax is null
                ? "encapsulated pixel data of an unknown transfer syntax"
                : $"no decoder for {TransferSyntax}: such pixel data are kept as they are");
        }

        var encoded = FrameSource.Encoded(Fragments!, frame, NumberOfFrames, ExtendedOffsets());
        try
        {
            return decoder.Decode(Description, encoded);
        }
        catch (DicomFormatException problem)
        {
            // A decoder knows neither the place of the frame nor which one it was given.
            throw new DicomFormatException(
                $"frame {frame + 1}: {problem.Reason}", dataset.PathOf(TagOf(problem)), element.Offset,
                dataset.SourceFile);
        }
    }

    private DicomTag TagOf(DicomFormatException problem) =>
        problem.TagPath is { } path && DicomTag.TryParse(path, out var tag) ? tag : element.Tag;

    /// <summary>(7FE0,0001): 64-bit offsets, where the basic table cannot say them (PS3.3 C.7.6.3.1.8).</summary>
    private long[] ExtendedOffsets() =>
        dataset.Contains(DicomTag.ExtendedOffsetTable) ? dataset.GetLongs(DicomTag.ExtendedOffsetTable) : [];

    private void CheckFrame(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, NumberOfFrames);
    }

    private void CheckSize()
    {
        if (element is DicomSequence)
        {
            throw Bad("a sequence where pixel data should be");
        }

        var isWrongFloat = IsFloat && BitsAllocated != (element.Tag == DicomTag.FloatPixelData ? 32 : 64);
        if (!KnownBits.Contains(BitsAllocated) || (BitsAllocated == 64 && !IsFloat) || isWrongFloat)
        {
            throw Bad($"{BitsAllocated} bits allocated");
        }

        if (FrameBytes > Array.MaxLength)
        {
            throw Bad("a frame of more than 2 GiB");
        }

        var needed = Fragments is null ? (UInt128)(ulong)FrameBits * (ulong)NumberOfFrames / 8 : 0;
        if (Fragments is null && needed > (ulong)element.Length)
        {
            throw Bad($"{element.Length} bytes of pixel data where {needed} are needed");
        }

        if (Fragments is not null && DicomTransferSyntax.RLELossless.Equals(TransferSyntax)
            && (BitsAllocated < 8 || BitsAllocated == 12
                || FrameBytes > RleCodec.MaximumDecoded(Fragments.Fragments.Sum(fragment => fragment.Length))))
        {
            throw Bad("RLE pixel data that cannot be as large as Rows and Columns say");
        }
    }

    private int Required(DicomTag tag, int least, int most)
    {
        var value = dataset.GetInt(tag);
        return value >= least && value <= most
            ? value
            : throw new DicomFormatException(
                $"a value outside {least} to {most}", dataset.PathOf(tag), dataset.GetElement(tag).Offset);
    }

    private DicomFormatException Bad(string reason) =>
        new(reason, dataset.PathOf(element.Tag), element.Offset);
}
