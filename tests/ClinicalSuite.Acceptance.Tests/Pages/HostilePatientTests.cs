using System.Net;
using System.Text;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Server.Studies;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ClinicalSuite.Acceptance.Tests.Pages;

/// <summary>What a sender, a link or a browser may try.</summary>
[Collection(HospitalCollection.Name)]
public sealed class HostilePatientTests(Hospital hospital)
{
    private const string Name = "<script>alert(1)</script>^</title><b>bold";
    private const string Id = "'\"><img src=x onerror=alert(2)>";

    [Fact]
    public async Task Markup_in_a_patient_name_is_shown_as_text_and_runs_nowhere()
    {
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.70.6") { PatientName = Name, PatientId = Id, Modality = "MR" };
        var folder = hospital.NewFolder();
        study.Write(folder, Enumerable.Range(0, 2));
        Assert.Equal(2, await hospital.SendAsync(folder));
        await hospital.UntilAsync(study.StudyUid, sheet => sheet.Standing == Standing.NothingToAnalyse);

        await using var watched = await hospital.OpenAsync("/");
        var row = watched.Page.Locator($"[data-study-row='{study.StudyUid}']");
        await Expect(row).ToContainTextAsync("<script>alert(1)</script> </title><b>bold");
        await row.Locator("a").ClickAsync();
        await watched.LiveAsync();
        await Expect(watched.Page.Locator("h1")).ToContainTextAsync("<script>alert(1)</script>");
        await Expect(watched.Page.Locator(".head")).ToContainTextAsync(Id);
        Assert.Equal(0, await watched.Page.Locator("h1 b, h1 script, .head img").CountAsync());
        Assert.DoesNotContain("alert", watched.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(await hospital.AuditAsync(), r => (r.Subject + r.Detail).Contains("alert", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/studies/..%2f..%2fetc%2fpasswd")]
    [InlineData("/studies/1.2.3/documents/1/..%2f..%2fstore.db")]
    [InlineData("/studies/1.2.3/documents/1/%00")]
    [InlineData("/lib/..%2f..%2fappsettings.json")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/studies/1.2.3%0d%0aSet-Cookie:%20a=b")]
    public async Task A_path_that_is_none_of_ours_leads_nowhere(string path)
    {
        var answer = await AskRawAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{hospital.Web.Port}\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\nSet-Cookie: a=b", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_elsewhere_can_neither_send_a_form_nor_listen()
    {
        using var client = new HttpClient { BaseAddress = hospital.Web };
        client.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        using var form = new FormUrlEncodedContent([new("language", "zh")]);
        using var sent = await client.PostAsync("/language", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
        using var heard = await client.GetAsync("/live", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, heard.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/site.css")]
    public async Task Every_answer_carries_the_headers_that_guard_it(string path)
    {
        using var client = new HttpClient { BaseAddress = hospital.Web };
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; ", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("SAMEORIGIN", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal(path != "/site.css", answer.Headers.CacheControl!.NoStore);
    }

    /// <summary>As bytes: a client library would tidy the path before it is sent.</summary>
    private async Task<string> AskRawAsync(string request)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, hospital.Web.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
