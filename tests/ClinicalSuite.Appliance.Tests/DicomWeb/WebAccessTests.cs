using System.Net;
using System.Net.Http.Headers;
using ClinicalSuite.Appliance.Tests.Pipeline;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.DicomWeb;

/// <summary>Who may do what by DICOMweb, and what is written down of it.</summary>
public sealed class WebAccessTests
{
    private static readonly SyntheticStudy Study = new("1.2.826.0.1.3680043.8.498.80.3");

    [Fact]
    public async Task Without_a_token_nothing_is_seen_and_each_token_opens_its_own_door()
    {
        await using var host = await WebHost.StartAsync(settings => settings with { SignIn = true });
        var path = $"studies/{Study.Uid}";

        using var nobody = await host.GetAsync(path, "*/*");
        using var wrong = await host.GetAsync(path, "*/*", "wrong");
        using var writerReads = await host.GetAsync(path, "*/*", WebHost.Writer);
        using var readerReads = await host.GetAsync(path, "*/*", WebHost.Reader);
        var readerWrites = await StowAsync(host, WebHost.Reader);
        var nobodyWrites = await StowAsync(host, null);
        var writerWrites = await StowAsync(host, WebHost.Writer);

        Assert.Equal(
            [401, 401, 403, 404], new[] { nobody, wrong, writerReads, readerReads }.Select(answer => (int)answer.StatusCode));
        Assert.Contains(nobody.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Bearer");
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.OK], [readerWrites, nobodyWrites, writerWrites]);
    }

    [Fact]
    public async Task Each_access_is_written_down_without_what_was_asked_for_by_name()
    {
        await using var host = await WebHost.StartAsync(settings => settings with { SignIn = true });
        await StowAsync(host, WebHost.Writer);

        (await host.GetAsync($"studies/{Study.Uid}?PatientName=Secret", "*/*", WebHost.Reader)).EnsureSuccessStatusCode();

        var records = await host.AuditAsync();
        Assert.Contains(records, r => r is { Actor: "write machine", Action: "store", IsSuccess: true });
        Assert.Contains(records, r => r.Actor == "read machine" && r.Action == "read" && r.Subject == Study.Uid);
        Assert.DoesNotContain(records, r => r.Detail.Contains("Secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_another_site_may_neither_read_nor_store()
    {
        await using var host = await WebHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"studies/{Study.Uid}/metadata");
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var read = await host.Client.SendAsync(request);
        using var store = new HttpRequestMessage(HttpMethod.Post, "studies") { Content = new ByteArrayContent([]) };
        store.Headers.Add("Origin", "https://elsewhere.example");
        using var stored = await host.Client.SendAsync(store);

        Assert.False(read.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.Forbidden, stored.StatusCode);
    }

    private static async Task<HttpStatusCode> StowAsync(WebHost host, string? token)
    {
        host.Client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await host.StowAsync(host.Write(Study, 0));
        host.Client.DefaultRequestHeaders.Authorization = null;
        return answer.StatusCode;
    }
}
