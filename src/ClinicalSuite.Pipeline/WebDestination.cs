using System.Net.Http.Headers;

namespace ClinicalSuite.Pipeline;

/// <summary>A DICOMweb service that results go to by STOW-RS.</summary>
/// <param name="Root">Its root; <c>studies</c> is looked for below it.</param>
public sealed record WebDestination(Uri Root)
{
    /// <summary>How settings, database and pages name it: its address without anything secret.</summary>
    public string Name => Root.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>A bearer token, or a name with password; null for none.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>Certificates (PEM) of the authorities that may have signed the service's; null for those of the system.</summary>
    public string? AuthoritiesFile { get; init; }

    /// <summary>Whether an object counts as delivered only when QIDO-RS finds it.</summary>
    public bool IsReadBack { get; init; } = true;
}
