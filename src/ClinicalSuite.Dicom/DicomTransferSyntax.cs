namespace ClinicalSuite.Dicom;

/// <summary>How a data set is laid out in bytes (PS3.5 10, Annex A).</summary>
public sealed class DicomTransferSyntax : IEquatable<DicomTransferSyntax>
{
    public static readonly DicomTransferSyntax ImplicitVRLittleEndian =
        new(DicomUID.ImplicitVRLittleEndian) { IsExplicitVR = false, IsEncapsulated = false };

    public static readonly DicomTransferSyntax ExplicitVRLittleEndian =
        new(DicomUID.ExplicitVRLittleEndian) { IsEncapsulated = false };

    public static readonly DicomTransferSyntax ExplicitVRBigEndian =
        new(DicomUID.ExplicitVRBigEndian) { IsLittleEndian = false, IsEncapsulated = false };

    public static readonly DicomTransferSyntax DeflatedExplicitVRLittleEndian =
        new(DicomUID.DeflatedExplicitVRLittleEndian) { IsDeflated = true, IsEncapsulated = false };

    public static readonly DicomTransferSyntax RLELossless = new(DicomUID.RLELossless);

    public static readonly DicomTransferSyntax JPEGBaseline8Bit = new(DicomUID.JPEGBaseline8Bit) { IsLossy = true };

    public static readonly DicomTransferSyntax JPEGExtended12Bit = new(DicomUID.JPEGExtended12Bit) { IsLossy = true };

    public static readonly DicomTransferSyntax JPEGLossless = new(DicomUID.JPEGLossless);

    public static readonly DicomTransferSyntax JPEGLosslessSV1 = new(DicomUID.JPEGLosslessSV1);

    public static readonly DicomTransferSyntax JPEGLSLossless = new(DicomUID.JPEGLSLossless);

    public static readonly DicomTransferSyntax JPEGLSNearLossless =
        new(DicomUID.JPEGLSNearLossless) { IsLossy = true };

    public static readonly DicomTransferSyntax JPEG2000Lossless = new(DicomUID.JPEG2000Lossless);

    public static readonly DicomTransferSyntax JPEG2000 = new(DicomUID.JPEG2000) { IsLossy = true };

    public static readonly DicomTransferSyntax HTJ2KLossless = new(DicomUID.HTJ2KLossless);

    public static readonly DicomTransferSyntax HTJ2KLosslessRPCL = new(DicomUID.HTJ2KLosslessRPCL);

    public static readonly DicomTransferSyntax HTJ2K = new(DicomUID.HTJ2K) { IsLossy = true };

    /// <summary>Native frames, each in fragments (PS3.5 A.4.11).</summary>
    public static readonly DicomTransferSyntax EncapsulatedUncompressed =
        new(DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian);

    public static readonly DicomTransferSyntax DeflatedImageFrame = new(DicomUID.DeflatedImageFrameCompression);

    /// <summary>Deflated like 1.2.1.99, its pixels elsewhere (PS3.5 A.6, A.7).</summary>
    private static readonly string[] DeflatedReferences =
        [DicomUID.JPIPReferencedDeflate, "1.2.840.10008.1.2.4.205"];

    private static readonly DicomTransferSyntax[] Named =
    [
        ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian,
        RLELossless, JPEGBaseline8Bit, JPEGExtended12Bit, JPEGLossless, JPEGLosslessSV1, JPEGLSLossless,
        JPEGLSNearLossless, JPEG2000Lossless, JPEG2000, HTJ2KLossless, HTJ2KLosslessRPCL, HTJ2K, EncapsulatedUncompressed,
        DeflatedImageFrame,
    ];

    private DicomTransferSyntax(string uid) => Uid = uid;

    public string Uid { get; }

    public bool IsExplicitVR { get; private init; } = true;

    public bool IsLittleEndian { get; private init; } = true;

    public bool IsDeflated { get; private init; }

    /// <summary>True where PixelData is a sequence of fragments (PS3.5 A.4).</summary>
    public bool IsEncapsulated { get; private init; } = true;

    public bool IsLossy { get; private init; }

    public string Name => DicomUID.NameOf(Uid);

    /// <summary>
    /// The syntax of a UID. An unknown UID is taken as explicit VR little endian with encapsulated pixels, as every
    /// syntax added since 1996 is.
    /// </summary>
    public static DicomTransferSyntax Of(string uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        return Array.Find(Named, syntax => syntax.Uid == uid) ?? new DicomTransferSyntax(uid)
        {
            IsDeflated = DeflatedReferences.Contains(uid),
            IsEncapsulated = !DeflatedReferences.Contains(uid) && uid != DicomUID.JPIPReferenced,
        };
    }

    public bool Equals(DicomTransferSyntax? other) => other is not null && other.Uid == Uid;

    public override bool Equals(object? obj) => Equals(obj as DicomTransferSyntax);

    public override int GetHashCode() => Uid.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
