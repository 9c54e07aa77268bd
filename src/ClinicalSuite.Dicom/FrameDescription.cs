namespace ClinicalSuite.Dicom;

/// <summary>What a data set says of each of its encoded frames: all that a decoder may rely on.</summary>
public sealed record FrameDescription
{
    public required string TransferSyntaxUid { get; init; }

    public required int Columns { get; init; }

    public required int Rows { get; init; }

    public required int SamplesPerPixel { get; init; }

    /// <summary>1, 8, 16 or 32.</summary>
    public required int BitsAllocated { get; init; }

    public required int BitsStored { get; init; }

    public bool IsSigned { get; init; }

    /// <summary>Whether the decoded samples go plane by plane.</summary>
    public bool IsPlanar { get; init; }

    public required string PhotometricInterpretation { get; init; }

    /// <summary>Rows * Columns.</summary>
    public long Pixels => (long)Rows * Columns;

    /// <summary>Bytes of the decoded frame.</summary>
    public long FrameBytes => ((Pixels * SamplesPerPixel * BitsAllocated) + 7) / 8;
}
