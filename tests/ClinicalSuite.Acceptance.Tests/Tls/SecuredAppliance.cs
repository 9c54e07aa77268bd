using System.Globalization;
using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.TestKit.Network;
using ClinicalSuite.TestKit.Tls;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Tls;

/// <summary>
/// <c>clinicalsuite serve</c> with certificates: DICOM in the clear and over TLS, pages by https. CT1 may come as CT1 only; MR1 is tied to a
/// fingerprint; FREE is tied to nothing.
/// </summary>
public sealed class SecuredAppliance : IAsyncLifetime
{
    public const double HandshakeSeconds = 2;

    private readonly string folder = Directory.CreateTempSubdirectory("clinicalsuite-tls-").FullName;
    private ServingAppliance? serving;

    internal TestAuthority Authority { get; private set; } = null!;

    internal TestCertificate Ct1 { get; private set; } = null!;

    internal TestCertificate Mr1 { get; private set; } = null!;

    internal TestCertificate Own { get; private set; } = null!;

    internal ServingAppliance Serving => serving!;

    internal string Folder => folder;

    public async ValueTask InitializeAsync()
    {
        Authority = new TestAuthority(folder);
        Own = Authority.Issue("appliance");
        Ct1 = Authority.Issue("CT1");
        Mr1 = Authority.Issue("MR1");
        var settings = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new
        {
            accept = (string[])["ANY"],
            dicomTlsPort = 0,
            tls = new
            {
                certificateFile = Own.File,
                keyFile = Own.Key,
                authoritiesFile = Authority.File,
                web = true,
                handshakeSeconds = HandshakeSeconds,
                bindings = (object[])
                [
                    new { certificate = "CN=CT1", aets = (string[])["CT1"] },
                    new { certificate = "sha256:" + Mr1.Sha256, aets = (string[])["MR1", "MR1B"] },
                ],
            },
        }));
        serving = await ServingAppliance.StartWithTlsAsync(Path.Combine(folder, "data"), "--settings", settings);
    }

    internal Task<(int ExitCode, string Output)> EchoAsync(string title, TestCertificate certificate, params string[] options) =>
        Dcmtk.RunAsync("echoscu",
        [
            "-d", "+tls", certificate.Key, certificate.File, "+cf", Authority.File, "-aet", title, "-aec", ServingAppliance.Title, .. options,
            "localhost", Port(Serving.DicomTlsPort),
        ]);

    internal static string Port(int port) => port.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (serving is not null)
        {
            await serving.DisposeAsync();
        }

        Authority?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
