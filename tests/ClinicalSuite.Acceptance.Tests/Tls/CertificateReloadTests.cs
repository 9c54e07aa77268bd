using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Tls;

/// <summary>Certificates are exchanged while the appliance runs; a site of its own, since the others need theirs unchanged.</summary>
public sealed class CertificateReloadTests(SecuredAppliance site) : IClassFixture<SecuredAppliance>
{
    [Fact]
    public async Task A_new_certificate_counts_for_new_handshakes_and_a_broken_one_does_not()
    {
        Assert.Contains("subject=O = Test, CN = appliance", await SubjectAsync(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(site.Own.File, "this is no certificate", TestContext.Current.CancellationToken);
        await UntilAsync(() => site.Serving.Log.Contains("the one before stays", StringComparison.Ordinal));
        Assert.Contains("subject=O = Test, CN = appliance", await SubjectAsync(), StringComparison.Ordinal);

        var next = site.Authority.Issue("next");
        File.Copy(next.Key, site.Own.Key, overwrite: true);
        File.Copy(next.File, site.Own.File, overwrite: true);
        await UntilAsync(() => site.Serving.Log.Contains("certificate read anew", StringComparison.Ordinal));
        Assert.Contains("subject=O = Test, CN = next", await SubjectAsync(), StringComparison.Ordinal);
        var (status, output) = await site.EchoAsync("CT1", site.Ct1);
        Assert.True(status == 0, output);
    }

    /// <summary>The files are looked at when a handshake comes, at most once a second.</summary>
    private async Task UntilAsync(Func<bool> isTrue)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isTrue())
        {
            await SubjectAsync();
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private async Task<string> SubjectAsync() => (await Dcmtk.RunAsync("openssl",
        "s_client", "-connect", $"localhost:{site.Serving.DicomTlsPort}", "-CAfile", site.Authority.File)).Output;
}
