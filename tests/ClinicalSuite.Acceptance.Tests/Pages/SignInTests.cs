using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Pages;

public sealed partial class SignInTests : IAsyncDisposable
{
    private const string Password = "a long enough password";
    private const string Token = "token-of-a-machine";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-test-");
    private WebApplication? app;

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task On_loopback_pages_open_without_a_sign_in_and_every_access_is_audited()
    {
        using var client = await StartAsync(Settings());
        using var answer = await client.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("not clinically validated", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var record = Assert.Single(await AuditAsync());
        Assert.Equal(("anonymous", "read", true), (record.Actor, record.Action, record.IsSuccess));
    }

    [Fact]
    public async Task On_loopback_another_host_name_is_not_answered()
    {
        using var client = await StartAsync(Settings());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "rebound.example" } };
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/Refusals")]
    [InlineData("/Reconciliation")]
    [InlineData("/Audit")]
    [InlineData("/studies/1.2.3")]
    [InlineData("/studies/1.2.3/documents/1/report.pdf")]
    public async Task On_any_other_address_every_page_leads_to_the_sign_in(string path)
    {
        using var client = await StartAsync(Settings() with { HttpHost = IPAddress.Any });
        using var answer = await client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/SignIn", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.False(Assert.Single(await AuditAsync(), r => r.Action == "read").Actor == "administrator");
    }

    [Fact]
    public async Task The_administrator_of_the_first_start_signs_in_with_the_cookie_and_out_again()
    {
        using var client = await StartAsync(Settings() with { HttpHost = IPAddress.Any, AdministratorPassword = Password });
        using var wrong = await SignInAsync(client, "not the right password");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var right = await SignInAsync(client, Password);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        using var page = await client.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", TokenOf(await page.Content.ReadAsStringAsync(Cancellation)))]);
        using var signedOut = await client.PostAsync("/sign-out", form, Cancellation);
        using var after = await client.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
        Assert.Contains(await AuditAsync(), r => r is { Actor: "administrator", Action: "read", IsSuccess: true });
        Assert.Contains(await AuditAsync(), r => r is { Action: "sign-in", IsSuccess: false, Actor: "administrator" });
        Assert.Contains(await AuditAsync(), r => r is { Action: "sign-in", IsSuccess: true, Actor: "administrator" });
        Assert.Contains(await AuditAsync(), r => r is { Action: "sign-out", IsSuccess: true });
    }

    [Fact]
    public async Task What_is_typed_as_a_user_name_is_not_written_down()
    {
        using var client = await StartAsync(Settings() with { SignIn = true, AdministratorPassword = Password });
        using var answer = await SignInAsync(client, Password, userName: Password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var record = Assert.Single(await AuditAsync(), r => r.Action == "sign-in");
        Assert.Equal(("unknown account", "127.0.0.1", false), (record.Actor, record.Address, record.IsSuccess));
        Assert.DoesNotContain(Password, record.Detail + record.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_tries_too_often_is_asked_to_wait_even_with_the_right_password()
    {
        using var client = await StartAsync(Settings() with { SignIn = true, AdministratorPassword = Password });
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await SignInAsync(client, "not the right password", userName: $"user{attempt}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var refused = await SignInAsync(client, Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("60", refused.Headers.RetryAfter!.ToString());
        Assert.Contains("Wait a minute", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(await AuditAsync(), r => r is { Action: "sign-in", IsSuccess: false, Actor: "not looked at" });
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        using var client = await StartAsync(Settings() with { SignIn = true, AdministratorPassword = Password });
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await SignInAsync(client, "not the right password");
        }

        using var locked = await SignInAsync(client, Password);
        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    public async Task A_sign_in_leads_back_to_our_own_pages_only(string back)
    {
        using var client = await StartAsync(Settings() with { SignIn = true, AdministratorPassword = Password });
        using var answer = await SignInAsync(client, Password, "?returnUrl=" + Uri.EscapeDataString(back));
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("a=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_and_for_no_script()
    {
        using var client = await StartAsync(Settings() with { SignIn = true, AdministratorPassword = Password });
        using var answer = await SignInAsync(client, Password);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("clinicalsuite=", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_form_without_its_anti_forgery_token_is_refused()
    {
        using var client = await StartAsync(Settings());
        using var form = new FormUrlEncodedContent([new("uid", "1.2.3")]);
        using var answer = await client.PostAsync("/Reconciliation?handler=Confirm&uid=1.2.3", form, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_password_made_up_at_the_first_start_is_printed_once_and_works()
    {
        using var console = new StringWriter();
        using var client = await StartAsync(Settings() with { SignIn = true }, console);
        var password = Regex.Match(console.ToString(), @"password (\S+)").Groups[1].Value;
        using var answer = await SignInAsync(client, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await app!.StopAsync(Cancellation);
        await app.DisposeAsync();
        using var silent = new StringWriter();
        using var again = await StartAsync(Settings() with { SignIn = true }, silent);
        Assert.Empty(silent.ToString());
        using var kept = await SignInAsync(again, password);
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
    }

    [Theory]
    [InlineData(Token, "read", HttpStatusCode.OK)]
    [InlineData("another", "read", HttpStatusCode.Unauthorized)]
    [InlineData(Token, "metrics", HttpStatusCode.Forbidden)]
    public async Task A_machine_reads_with_a_token_of_the_right_scope_only(string token, string scope, HttpStatusCode expected)
    {
        var known = new MachineToken("viewer", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token))), [scope]);
        using var client = await StartAsync(Settings() with { HttpHost = IPAddress.Any, Tokens = [known] });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync("/", Cancellation);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_machine_that_may_read_changes_nothing_and_sees_no_audit()
    {
        var known = new MachineToken("viewer", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token))), ["read"]);
        using var client = await StartAsync(Settings() with { SignIn = true, Tokens = [known] });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var audit = await client.GetAsync("/Audit", Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, audit.StatusCode);
        var page = await client.GetStringAsync("/", Cancellation);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", TokenOf(page))]);
        using var change = await client.PostAsync("/Reconciliation?handler=Confirm&uid=1.2.3", form, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, change.StatusCode);
        Assert.Contains(await AuditAsync(), r => r is { Actor: "viewer", Action: "change", Subject: "1.2.3", IsSuccess: false });
    }

    [Fact]
    public async Task Health_and_readiness_answer_without_a_sign_in()
    {
        using var client = await StartAsync(Settings() with { HttpHost = IPAddress.Any });
        Assert.Contains("alive", await client.GetStringAsync("/health", Cancellation), StringComparison.Ordinal);
        Assert.Contains("ready", await client.GetStringAsync("/ready", Cancellation), StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex TokenField();

    private static string TokenOf(string page) => TokenField().Match(page).Groups[1].Value;

    private static async Task<HttpResponseMessage> SignInAsync(
        HttpClient client, string password, string query = "", string userName = "administrator")
    {
        var page = await client.GetStringAsync("/SignIn", Cancellation);
        using var form = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", TokenOf(page)), new("UserName", userName), new("Password", password),
        ]);
        return await client.PostAsync("/SignIn" + query, form, Cancellation);
    }

    private ApplianceSettings Settings() => new()
    {
        DataFolder = folder.FullName,
        Roles = new HashSet<ApplianceRole> { ApplianceRole.Web },
        HttpPort = 0,
        LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning,
    };

    private async Task<HttpClient> StartAsync(ApplianceSettings settings, TextWriter? console = null)
    {
        app = Appliance.Build(settings, console ?? TextWriter.Null);
        await app.StartAsync(Cancellation);
        var port = Listeners.Addresses(app.Services).Single(listener => listener.Name == "web").Address.Port;
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
    }

    private async Task<IReadOnlyList<AuditRecord>> AuditAsync() =>
        await app!.Services.GetRequiredService<AuditTrail>().LatestAsync(100, Cancellation);
}
