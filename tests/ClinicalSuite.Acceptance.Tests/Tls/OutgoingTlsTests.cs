using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.TestKit.Network;
using ClinicalSuite.TestKit.Tls;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Tls;

/// <summary>Our calls over TLS: storescp as the PACS, our own listener as the RIS, and what is refused on the way.</summary>
public sealed class OutgoingTlsTests : IDisposable
{
    private const int InputRefused = 3;

    private readonly string folder = Directory.CreateTempSubdirectory("clinicalsuite-calls-").FullName;
    private readonly TestAuthority authority;
    private readonly TestCertificate own;

    public OutgoingTlsTests()
    {
        authority = new TestAuthority(folder);
        own = authority.Issue("caller");
    }

    public void Dispose()
    {
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Dicom_echo_and_send_reach_storescp_over_mutual_tls()
    {
        await using var pacs = await StorescpAsync(authority.Issue("pacs"));
        var (status, output) = await EchoAsync(pacs.Port);
        Assert.True(status == 0, output);
        var files = new SmallAbdomen("1.2.826.0.1.3680043.8.498.78").Write(Path.Combine(folder, "series"), [4, 5]);
        (status, output) = await RunAsync(["dicom", "send", $"PACS@localhost:{pacs.Port}", .. files, .. Tls(own)]);
        Assert.True(status == 0, output);
        Assert.Contains("2 objects acknowledged", output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(pacs.Received).Length);
    }

    [Fact]
    public async Task A_pkcs_12_file_does_as_well()
    {
        await using var pacs = await StorescpAsync(authority.Issue("pacs"));
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, TestCertificate.Password + "\n", TestContext.Current.CancellationToken);
        var (status, output) = await RunAsync(["dicom", "echo", $"PACS@localhost:{pacs.Port}", "--tls", "--tls-ca", authority.File,
            "--tls-cert", own.Pfx, "--tls-password-file", password]);
        Assert.True(status == 0, output);
    }

    [Fact]
    public async Task A_pacs_whose_certificate_is_for_another_host_is_not_spoken_to()
    {
        await using var pacs = await StorescpAsync(authority.Issue("elsewhere", host: "elsewhere.invalid"));
        var (status, output) = await EchoAsync(pacs.Port);
        Assert.Equal(1, status);
        Assert.Contains("RemoteCertificateNameMismatch", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pacs_of_another_authority_is_not_spoken_to()
    {
        using var other = new TestAuthority(Path.Combine(folder, "other"), "Other Authority");
        await using var pacs = await StorescpAsync(other.Issue("pacs"));
        var (status, output) = await EchoAsync(pacs.Port);
        Assert.Equal(1, status);
        Assert.Contains("TLS: ", output, StringComparison.Ordinal);
        Assert.Contains("PartialChain", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_of_our_own_the_pacs_does_not_speak_to_us()
    {
        await using var pacs = await StorescpAsync(authority.Issue("pacs"));
        var (status, output) = await RunAsync(["dicom", "echo", $"PACS@localhost:{pacs.Port}", "--tls", "--tls-ca", authority.File]);
        Assert.Equal(1, status);
        Assert.Contains("disconnected", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_call_to_a_tls_port_is_told_what_the_matter_is()
    {
        await using var pacs = await StorescpAsync(authority.Issue("pacs"));
        var (status, output) = await RunAsync(["dicom", "echo", $"PACS@localhost:{pacs.Port}"]);
        Assert.Equal(1, status);
        Assert.NotEmpty(output);
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_is_named()
    {
        var (status, output) = await RunAsync(["dicom", "echo", "PACS@localhost:1", "--tls", "--tls-cert", authority.File]);
        Assert.Equal(InputRefused, status);
        Assert.Contains($"{authority.File}: no certificate with a key can be read", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_delivered_to_a_pacs_and_a_ris_over_tls()
    {
        await using var pacs = await StorescpAsync(authority.Issue("pacs"));
        await using var ris = await ListenAsync(authority.Issue("ris"));
        var settings = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(settings, $$"""
            {
              "accept": ["ANY"], "dicomTlsPort": 0, "unidentified": "send",
              "tls": { "certificateFile": "{{own.File}}", "keyFile": "{{own.Key}}", "authoritiesFile": "{{authority.File}}" },
              "pacs": ["tls:PACS@localhost:{{pacs.Port}}"], "ris": ["tls:localhost:{{ris.Port}}"]
            }
            """, TestContext.Current.CancellationToken);
        await using var appliance = await ServingAppliance.StartWithTlsAsync(Path.Combine(folder, "data"), "--settings", settings);
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.79");
        study.Write(Path.Combine(folder, "series"));
        var (status, output) = await RunAsync(["dicom", "send", $"{ServingAppliance.Title}@localhost:{appliance.DicomTlsPort}",
            Path.Combine(folder, "series"), .. Tls(own)]);
        Assert.True(status == 0, output);

        await appliance.UntilDeliveredAsync(study.StudyUid);
        Assert.NotEmpty(Directory.GetFiles(pacs.Received));
        Assert.NotEmpty(Directory.GetFiles(ris.Received));
    }

    [Fact]
    public async Task Hl7_goes_over_mutual_tls_and_not_without_a_certificate()
    {
        await using var ris = await ListenAsync(authority.Issue("ris"));
        var message = Path.Combine(folder, "message.hl7");
        await File.WriteAllTextAsync(message,
            "MSH|^~\\&|A|B|C|D|20260101||ORU^R01^ORU_R01|77|P|2.5.1|||||||UNICODE UTF-8\rPID|1||P1\r", TestContext.Current.CancellationToken);
        var (status, output) = await RunAsync(["hl7", "send", $"localhost:{ris.Port}", message, .. Tls(own)]);
        Assert.True(status == 0, output);
        (status, output) = await RunAsync(["hl7", "send", $"localhost:{ris.Port}", message, "--tls", "--tls-ca", authority.File]);
        Assert.True(status == 1, output);
        (status, output) = await RunAsync(["hl7", "send", $"localhost:{ris.Port}", message, "--timeout", "5"]);
        Assert.True(status == 1, output);
        Assert.Single(Directory.GetFiles(ris.Received));
    }

    [Fact]
    public async Task Doctor_warns_of_a_certificate_near_its_end_and_names_a_dead_one()
    {
        var soon = authority.Issue("soon", days: 10);
        var settings = Path.Combine(folder, "doctor.json");
        await File.WriteAllTextAsync(settings, $$"""
            { "tls": { "certificateFile": "{{soon.File}}", "keyFile": "{{soon.Key}}", "authoritiesFile": "{{authority.File}}",
              "client": { "certificateFile": "{{authority.Issue("dead", days: -1).Pfx}}", "password": "{{TestCertificate.Password}}" } } }
            """, TestContext.Current.CancellationToken);
        var (_, output) = await RunAsync(["doctor", "--data", Path.Combine(folder, "data"), "--settings", settings]);
        Assert.Contains("CN=soon, O=Test expires on", output, StringComparison.Ordinal);
        Assert.Contains("CN=dead, O=Test expired on", output, StringComparison.Ordinal);
        Assert.Contains("CN=Test Authority is valid until", output, StringComparison.Ordinal);
    }

    private string[] Tls(TestCertificate certificate) =>
        ["--tls", "--tls-ca", authority.File, "--tls-cert", certificate.File, "--tls-key", certificate.Key];

    private Task<(int ExitCode, string Output)> EchoAsync(int port) => RunAsync(["dicom", "echo", $"PACS@localhost:{port}", .. Tls(own)]);

    private static Task<(int ExitCode, string Output)> RunAsync(string[] words) => Dcmtk.RunAsync(ServingAppliance.Program, words);

    private Task<Listening> StorescpAsync(TestCertificate certificate)
    {
        var received = Directory.CreateDirectory(Path.Combine(folder, "pacs")).FullName;
        var port = FreePort();
        return Listening.StartAsync(port, received, Dcmtk.Start("storescp", "-aet", "PACS", "-pm", "+tls", certificate.Key, certificate.File,
            "+cf", authority.File, "-od", received, Port(port)));
    }

    private Task<Listening> ListenAsync(TestCertificate certificate)
    {
        var received = Directory.CreateDirectory(Path.Combine(folder, "ris")).FullName;
        var port = FreePort();
        return Listening.StartAsync(port, received,
            Dcmtk.Start(ServingAppliance.Program, ["hl7", "listen", received, "--port", Port(port), .. Tls(certificate)]));
    }

    private static string Port(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>A program that listens; it is there once its port takes connections.</summary>
    private sealed class Listening(int port, string received, Process process) : IAsyncDisposable
    {
        public int Port => port;

        public string Received => received;

        public static async Task<Listening> StartAsync(int port, string received, Process process)
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                    return new Listening(port, received, process);
                }
                catch (SocketException)
                {
                    await timer.WaitForNextTickAsync(limit.Token);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
