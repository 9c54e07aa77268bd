using System.Net.Security;

namespace ClinicalSuite.Dicom.Network;

/// <summary>How this side calls others.</summary>
public sealed record DicomClientOptions
{
    public string CallingAeTitle { get; init; } = "CLINICALSUITE";

    /// <summary>TLS (PS3.15 B.1) if set.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>For the TCP connection and the TLS handshake together.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Roles to propose (PS3.7 D.3.3.4); C-GET needs the provider's for storage.</summary>
    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    /// <summary>Extended negotiation to propose (PS3.4 C.5).</summary>
    public IReadOnlyList<ExtendedNegotiation> Extended { get; init; } = [];

    /// <summary>Who asks, where the peer demands it.</summary>
    public UserIdentity? Identity { get; init; }

    /// <summary>C-STORE requests that may be under way at once if the peer agrees; 1 proposes nothing.</summary>
    public ushort Window { get; init; } = 1;

    /// <summary>Takes what the peer sends by C-STORE on our association (C-GET).</summary>
    public IStoreProvider? Storage { get; init; }

    /// <summary>Serves other requests of the peer on our association, such as N-EVENT-REPORT.</summary>
    public ServiceTable Services { get; init; } = new();

    public AssociationLimits Limits { get; init; } = AssociationLimits.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
