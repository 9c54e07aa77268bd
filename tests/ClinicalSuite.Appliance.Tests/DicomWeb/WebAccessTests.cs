using System.Net;
using System.Net.Http.Headers;
using ClinicalSuite.Appliance.Tests.Pipeline;
using ClinicalSuite.Server.Settings;
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

    [Fact]
    public async Task A_site_that_the_settings_name_may_read_and_store_with_a_token_and_no_other_site()
    {
        const string viewer = "https://viewer.hospital";
        await using var host = await WebHost.StartAsync(settings => settings with { SignIn = true, WebOrigins = [viewer] });

        using var asked = await PreflightAsync(host, viewer, "POST");
        using var stranger = await PreflightAsync(host, "https://elsewhere.example", "POST");
        using var stored = await SendAsync(host, HttpMethod.Post, "studies", viewer, WebHost.Writer);
        using var strangerStores = await SendAsync(host, HttpMethod.Post, "studies", "https://elsewhere.example", WebHost.Writer);
        using var read = await SendAsync(host, HttpMethod.Get, "studies", viewer, WebHost.Reader);
        using var nobody = await SendAsync(host, HttpMethod.Get, "studies", viewer, null);
        using var page = await SendAsync(host, HttpMethod.Get, "/health", viewer, null);

        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal([viewer], asked.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("Authorization", string.Join(',', asked.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
        Assert.False(stranger.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, stored.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, strangerStores.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, read.StatusCode);
        Assert.Equal([viewer], read.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(read.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.False(page.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("viewer.hospital")]
    [InlineData("https://*.hospital")]
    [InlineData("https://viewer.hospital/app")]
    public void Origins_are_named_one_by_one(string origin)
    {
        var (settings, complaint) = new SettingsFile { WebOrigins = [origin] }.Over(new ApplianceSettings { DataFolder = "data" });

        Assert.Null(settings);
        Assert.Contains("webOrigins", complaint, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PreflightAsync(WebHost host, string origin, string method)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "studies");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return host.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> SendAsync(WebHost host, HttpMethod method, string path, string origin, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return host.Client.SendAsync(request);
    }

    private static async Task<HttpStatusCode> StowAsync(WebHost host, string? token)
    {
        host.Client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await host.StowAsync(host.Write(Study, 0));
        host.Client.DefaultRequestHeaders.Authorization = null;
        return answer.StatusCode;
    }
}
