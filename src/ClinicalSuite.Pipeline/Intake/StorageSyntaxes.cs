using ClinicalSuite.Dicom;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// Transfer syntaxes that are taken for storage. Objects are kept as they come: nothing here asks for a codec.
/// </summary>
internal static class StorageSyntaxes
{
    /// <summary>
    /// Native before compressed: a sender that offers both in one context can decompress. Lossless before lossy, syntaxes that
    /// are kept and passed on but decoded by nobody here after those, and big endian (retired, PS3.5 A.3) last.
    /// </summary>
    public static IReadOnlyList<string> InOrderOfPreference { get; } =
    [
        DicomUID.ExplicitVRLittleEndian,
        DicomUID.ImplicitVRLittleEndian,
        DicomUID.DeflatedExplicitVRLittleEndian,
        DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian,
        DicomUID.DeflatedImageFrameCompression,
        DicomUID.RLELossless,
        DicomUID.JPEGLosslessSV1,
        DicomUID.JPEGLossless,
        DicomUID.JPEGLSLossless,
        DicomUID.JPEG2000Lossless,
        DicomTransferSyntax.HTJ2KLossless.Uid,
        DicomTransferSyntax.HTJ2KLosslessRPCL.Uid,
        DicomUID.JPEGLSNearLossless,
        DicomUID.JPEG2000,
        DicomTransferSyntax.HTJ2K.Uid,
        DicomUID.JPEGBaseline8Bit,
        DicomUID.JPEGExtended12Bit,
        DicomUID.JPEGXLLossless,
        DicomUID.JPEGXLJPEGRecompression,
        DicomUID.JPEGXL,
        DicomUID.MPEG2MPML,
        DicomUID.MPEG2MPHL,
        DicomUID.MPEG4HP41,
        DicomUID.MPEG4HP41BD,
        DicomUID.MPEG4HP422D,
        DicomUID.MPEG4HP423D,
        DicomUID.MPEG4HP42STEREO,
        DicomUID.HEVCMP51,
        DicomUID.HEVCM10P51,
        DicomUID.JPIPReferenced,
        DicomUID.JPIPReferencedDeflate,
        DicomUID.ExplicitVRBigEndian,
    ];
}
