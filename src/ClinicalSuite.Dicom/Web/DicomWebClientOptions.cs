using System.Net.Http.Headers;

namespace ClinicalSuite.Dicom.Web;

/// <summary>Where a DICOMweb service is and how it is spoken to.</summary>
public sealed record DicomWebClientOptions
{
    /// <summary>The root of the service; <c>studies</c> is looked for below it.</summary>
    public required Uri Root { get; init; }

    /// <summary>A bearer token or a name with password; null for none.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>
    /// Certificates (PEM) of the authorities that may have signed the server's; null for those of the system. The name in
    /// the certificate is always checked.
    /// </summary>
    public string? AuthoritiesFile { get; init; }

    /// <summary>From a request to the head of its answer, the sending of its body included.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most bytes of a JSON answer.</summary>
    public int MostJsonBytes { get; init; } = 256 * 1024 * 1024;
}
