namespace ClinicalSuite.Server.Settings;

/// <summary>Certificates in PEM: ours with its key, and the authorities that peers must be signed by (PS3.15 B.9: both sides show one).</summary>
public sealed record TlsSettings(string CertificateFile, string KeyFile, string AuthoritiesFile);
