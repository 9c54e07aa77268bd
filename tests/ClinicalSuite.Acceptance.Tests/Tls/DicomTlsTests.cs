using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.TestKit.Network;
using ClinicalSuite.TestKit.Tls;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Tls;

/// <summary>The TLS port against dcmtk, openssl and strangers.</summary>
public sealed class DicomTlsTests(SecuredAppliance site) : IClassFixture<SecuredAppliance>
{
    [Theory]
    [InlineData("-tls1_2", "ECDHE-RSA-AES256-GCM-SHA384")]
    [InlineData("-tls1_2", "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData("-tls1_2", "ECDHE-RSA-CHACHA20-POLY1305")]
    public async Task Tls_1_2_with_ephemeral_keys_and_authenticated_encryption_is_agreed(string version, string suite)
    {
        var (_, output) = await HandshakeAsync(version, "-cipher", suite);
        Assert.Contains($"Cipher is {suite}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_1_3_is_agreed()
    {
        var (_, output) = await HandshakeAsync("-tls1_3");
        Assert.Contains("New, TLSv1.3", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tls1_2", "AES256-GCM-SHA384")]
    [InlineData("-tls1_2", "ECDHE-RSA-AES256-SHA384")]
    [InlineData("-tls1_1", "DEFAULT:@SECLEVEL=0")]
    [InlineData("-tls1", "DEFAULT:@SECLEVEL=0")]
    public async Task Older_versions_and_weaker_suites_are_refused(string version, string suite)
    {
        var (_, output) = await HandshakeAsync(version, "-cipher", suite);
        Assert.Contains("Cipher is (NONE)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_with_tls_1_1_only_is_named_in_the_log()
    {
        await HandshakeAsync("-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0");
        await site.Serving.UntilLogAsync("it offers TLS 1.1 or older only");
    }

    [Theory]
    [InlineData("+py")]
    [InlineData("+px")]
    [InlineData("+pz")]
    public async Task Echoscu_is_answered_over_mutual_tls_in_each_bcp_195_profile(string profile)
    {
        var (status, output) = await site.EchoAsync("CT1", site.Ct1, profile);
        Assert.True(status == 0, output);
    }

    [Fact]
    public async Task Storescu_stores_over_mutual_tls()
    {
        var files = new SmallAbdomen("1.2.826.0.1.3680043.8.498.77").Write(Path.Combine(site.Folder, "series"), [1, 2, 3]);
        var (status, output) = await Dcmtk.RunAsync("storescu",
        [
            "-v", "+tls", site.Mr1.Key, site.Mr1.File, "+cf", site.Authority.File, "-aet", "MR1B", "-aec", ServingAppliance.Title,
            "localhost", SecuredAppliance.Port(site.Serving.DicomTlsPort), .. files,
        ]);
        Assert.True(status == 0, output);
        Assert.Contains("3 objects kept, 0 refused", await site.Serving.UntilLogAsync("association MR1B"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_and_named()
    {
        using var other = new TestAuthority(Path.Combine(site.Folder, "other"), "Other Authority");
        var (status, _) = await site.EchoAsync("CT1", other.Issue("STRANGER"));
        Assert.NotEqual(0, status);
        await site.Serving.UntilLogAsync("its certificate CN=STRANGER, O=Test is signed by nobody that we trust");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_and_named()
    {
        var (status, _) = await site.EchoAsync("CT1", site.Authority.Issue("OLD", days: -1));
        Assert.NotEqual(0, status);
        await site.Serving.UntilLogAsync("its certificate CN=OLD, O=Test is valid from");
    }

    [Fact]
    public async Task A_caller_without_a_certificate_is_refused_and_named()
    {
        var (status, _) = await Dcmtk.RunAsync("echoscu", "+tla", "+cf", site.Authority.File, "-aec", ServingAppliance.Title,
            "localhost", SecuredAppliance.Port(site.Serving.DicomTlsPort));
        Assert.NotEqual(0, status);
        await site.Serving.UntilLogAsync("it shows no certificate");
        using var browser = Browser();
        Assert.Contains("it shows no certificate",
            await browser.GetStringAsync(new Uri(site.Serving.Web, "/Refusals"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_that_the_certificate_is_not_tied_to_is_rejected_and_named()
    {
        var (status, output) = await site.EchoAsync("MR1", site.Ct1);
        Assert.NotEqual(0, status);
        Assert.Contains("Calling AE Title Not Recognized", output, StringComparison.Ordinal);
        await site.Serving.UntilLogAsync("the certificate CN=CT1, O=Test is not tied to MR1");
    }

    [Fact]
    public async Task A_title_that_is_tied_to_a_certificate_is_not_taken_in_the_clear()
    {
        Assert.NotEqual(0, (await PlainEchoAsync("CT1")).ExitCode);
        await site.Serving.UntilLogAsync("CT1 is tied to a certificate and came without TLS");
        var (status, output) = await PlainEchoAsync("FREE");
        Assert.True(status == 0, output);
    }

    [Fact]
    public async Task Plain_dicom_on_the_tls_port_and_tls_on_the_plain_port_are_named()
    {
        var plain = await Dcmtk.RunAsync("echoscu", "-aec", ServingAppliance.Title, "localhost",
            SecuredAppliance.Port(site.Serving.DicomTlsPort));
        Assert.NotEqual(0, plain.ExitCode);
        Assert.Contains("Association Rejected", plain.Output, StringComparison.Ordinal);
        await site.Serving.UntilLogAsync("a plain DICOM association came to the TLS port");

        var (_, output) = await Dcmtk.RunAsync("openssl", "s_client", "-connect", $"localhost:{site.Serving.DicomPort}");
        Assert.Contains("handshake failure", output, StringComparison.Ordinal);
        await site.Serving.UntilLogAsync("a TLS handshake came to the plain DICOM port");
    }

    [Fact]
    public async Task Http_on_either_dicom_port_is_named_and_answered_in_http()
    {
        using var browser = new HttpClient();
        foreach (var port in (int[])[site.Serving.DicomPort, site.Serving.DicomTlsPort])
        {
            using var answer = await browser.GetAsync(new Uri($"http://localhost:{port}/"), TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("This port speaks DICOM",
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await site.Serving.UntilLogAsync("an HTTP request came to the DICOM port");
        await site.Serving.UntilLogAsync("an HTTP request came to the TLS port");
    }

    [Fact]
    public async Task Frozen_handshakes_block_nobody_and_are_let_go()
    {
        var hello = Convert.FromHexString("16030100ff010000fb0303");
        var frozen = new List<TcpClient>();
        for (var i = 0; i < 30; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", site.Serving.DicomTlsPort, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(i % 2 == 0 ? hello : [], TestContext.Current.CancellationToken);
            frozen.Add(client);
        }

        // Port 127.0.0.1 has 30 of the 32 handshakes that one address may have under way.
        var (status, output) = await site.EchoAsync("CT1", site.Ct1);
        Assert.True(status == 0, output);
        foreach (var client in frozen)
        {
            using (client)
            {
                Assert.True(await IsClosedAsync(client), "still open");
            }
        }

        await site.Serving.UntilLogAsync("or not finished within 2 s");
        await site.Serving.UntilLogAsync("nothing came for 2 s");
    }

    [Fact]
    public async Task Pages_come_by_https_and_http_on_their_port_is_told_so()
    {
        using var browser = Browser();
        var page = await browser.GetStringAsync(site.Serving.Web, TestContext.Current.CancellationToken);
        Assert.Contains("research use", page, StringComparison.OrdinalIgnoreCase);

        using var plain = await browser.GetAsync(new Uri($"http://127.0.0.1:{site.Serving.Web.Port}/"), TestContext.Current.CancellationToken);
        Assert.Equal("This port speaks HTTP over TLS, not HTTP.\n",
            await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A browser of the site, which trusts the site's authority.</summary>
    private HttpClient Browser()
    {
        var trusting = new HttpClientHandler();
        trusting.ServerCertificateCustomValidationCallback = (_, certificate, chain, _) =>
        {
            chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(site.Authority.File);
            return chain.Build(certificate!);
        };
        return new HttpClient(trusting);
    }

    private Task<(int ExitCode, string Output)> HandshakeAsync(params string[] options) => Dcmtk.RunAsync("openssl",
    [
        "s_client", "-connect", $"localhost:{site.Serving.DicomTlsPort}", "-CAfile", site.Authority.File, "-cert", site.Ct1.File,
        "-key", site.Ct1.Key, .. options,
    ]);

    private Task<(int ExitCode, string Output)> PlainEchoAsync(string title) => Dcmtk.RunAsync("echoscu",
        "-aet", title, "-aec", ServingAppliance.Title, "localhost", SecuredAppliance.Port(site.Serving.DicomPort));

    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[64]).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) >= 0;
        }
        catch (IOException)
        {
            return true; // a reset is a close
        }
    }
}
