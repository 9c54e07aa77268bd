namespace ClinicalSuite.Pipeline;

/// <summary>A RIS that reports go to.</summary>
public sealed record MllpDestination(string Host, int Port)
{
    /// <summary>Called over TLS; the certificates are those of the settings.</summary>
    public bool Tls { get; init; }

    /// <summary>How settings, database and pages name it: <c>HOST:PORT</c>.</summary>
    public string Name => $"{Host}:{Port}";
}
