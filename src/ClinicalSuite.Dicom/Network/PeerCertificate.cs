namespace ClinicalSuite.Dicom.Network;

/// <summary>What the certificate says that a peer has shown on mutual TLS.</summary>
/// <param name="Subject">Distinguished name, for example <c>CN=CT1, O=Hospital</c>.</param>
/// <param name="Names">Subject alternative names as <c>dns:NAME</c> and <c>ip:ADDRESS</c>.</param>
/// <param name="Sha256">Hexadecimal hash of the whole certificate.</param>
public sealed record PeerCertificate(string Subject, IReadOnlyList<string> Names, string Sha256);
