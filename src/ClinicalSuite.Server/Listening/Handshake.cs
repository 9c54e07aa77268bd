using System.Net;

namespace ClinicalSuite.Server.Listening;

/// <summary>What is known of one TLS handshake; a feature of its connection until it is complete.</summary>
internal sealed class Handshake(IPAddress address)
{
    public IPAddress Address => address;

    public bool IsComplete { get; set; }

    /// <summary>Why it cannot succeed, as far as we know the reason.</summary>
    public string Refusal { get; set; } = "";
}
