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

    public AssociationLimits Limits { get; init; } = AssociationLimits.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
