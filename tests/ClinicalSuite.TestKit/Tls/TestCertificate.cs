namespace ClinicalSuite.TestKit.Tls;

/// <summary>Files of a certificate, made for one test and gone with its folder.</summary>
/// <param name="Pfx">The same with its key, under <see cref="Password"/>.</param>
/// <param name="Sha256">Hexadecimal hash of the certificate.</param>
public sealed record TestCertificate(string File, string Key, string Pfx, string Sha256)
{
    public const string Password = "only for this test";
}
