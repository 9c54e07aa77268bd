namespace ClinicalSuite.Pipeline;

/// <summary>A PACS that results go to.</summary>
public sealed record DicomDestination(string AeTitle, string Host, int Port)
{
    /// <summary>Called over TLS; the certificates are those of the settings.</summary>
    public bool Tls { get; init; }

    /// <summary>How settings, database and pages name it: <c>AET@HOST:PORT</c>.</summary>
    public string Name => $"{AeTitle}@{Host}:{Port}";
}
