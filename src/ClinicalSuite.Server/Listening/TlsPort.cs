namespace ClinicalSuite.Server.Listening;

/// <summary>A port that speaks TLS.</summary>
/// <param name="Speaks">What is inside, in words: "DICOM", "HTTP".</param>
/// <param name="IsMutual">Whether callers show a certificate.</param>
internal sealed record TlsPort(string Speaks, bool IsMutual)
{
    public static readonly TlsPort Dicom = new("DICOM", IsMutual: true);

    public static readonly TlsPort Web = new("HTTP", IsMutual: false);
}
