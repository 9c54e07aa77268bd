namespace ClinicalSuite.Dicom.Web;

/// <summary>Media types of DICOMweb, and which of them says which transfer syntax (PS3.18 8.7.3).</summary>
public static class DicomMediaTypes
{
    public const string Multipart = "multipart/related";
    public const string Dicom = "application/dicom";
    public const string DicomJson = "application/dicom+json";
    public const string DicomXml = "application/dicom+xml";
    public const string Json = "application/json";
    public const string OctetStream = "application/octet-stream";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";

    /// <summary>Transfer syntaxes of each compressed media type; the first is meant where none is named.</summary>
    private static readonly (string MediaType, string[] Syntaxes)[] Compressed =
    [
        (Jpeg,
            [DicomUID.JPEGLosslessSV1, DicomUID.JPEGBaseline8Bit, DicomUID.JPEGExtended12Bit, DicomUID.JPEGLossless]),
        ("image/jls", [DicomUID.JPEGLSLossless, DicomUID.JPEGLSNearLossless]),
        ("image/jp2", [DicomUID.JPEG2000Lossless, DicomUID.JPEG2000]),
        ("image/jphc", [DicomUID.HTJ2KLossless, DicomUID.HTJ2KLosslessRPCL, DicomUID.HTJ2K]),
        ("image/dicom-rle", [DicomUID.RLELossless]),
    ];

    /// <summary>Names that were in use before the standard had its own, and that viewers still ask for.</summary>
    private static readonly (string Former, string MediaType)[] Formers =
    [
        ("image/x-jls", "image/jls"), ("image/x-dicom-rle", "image/dicom-rle"), ("image/jhc", "image/jphc"),
    ];

    /// <summary>The media types of compressed frames, each with its transfer syntaxes.</summary>
    public static IReadOnlyList<(string MediaType, IReadOnlyList<string> Syntaxes, IReadOnlyList<string> FormerNames)> CompressedFrames =>
    [
        .. Compressed.Select(row => (row.MediaType, (IReadOnlyList<string>)row.Syntaxes, (IReadOnlyList<string>)
            [.. Formers.Where(former => former.MediaType == row.MediaType).Select(former => former.Former)])),
    ];

    /// <summary>The media type of one frame in a transfer syntax, under the name that it is asked for.</summary>
    public static string OfFrame(string transferSyntaxUid, string asked)
    {
        var mediaType = OfFrame(transferSyntaxUid);
        return Formers.Contains((asked, mediaType)) ? asked : mediaType;
    }

    /// <summary>The media type of one frame in a transfer syntax; octet-stream for what has none of its own.</summary>
    public static string OfFrame(string transferSyntaxUid) =>
        Array.Find(Compressed, row => row.Syntaxes.Contains(transferSyntaxUid)).MediaType ?? OctetStream;

    /// <summary>The transfer syntax that a media type means where none is named; null for one that has none.</summary>
    public static string? DefaultSyntax(string mediaType) => mediaType switch
    {
        OctetStream or Dicom => DicomUID.ExplicitVRLittleEndian,
        _ => Array.Find(Compressed, row => row.MediaType == mediaType).Syntaxes?[0],
    };
}
