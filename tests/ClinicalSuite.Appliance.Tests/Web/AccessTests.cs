using System.Net;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Web;

public sealed class AccessTests
{
    [Fact]
    public async Task Page_that_leads_to_the_form_is_audited_as_refused()
    {
        await using var host = await WebHost.StartAsync(settings => settings with { SignIn = true, AdministratorPassword = WebHost.Password });
        using var client = host.Client();

        using var answer = await client.GetAsync("/studies/1.2.3", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var record = Assert.Single(await host.AuditAsync());
        Assert.False(record.IsSuccess);
        Assert.Equal(("anonymous", "read", "1.2.3", "GET /studies/1.2.3 302 denied"),
            (record.Actor, record.Action, record.Subject, record.Detail));
    }

    [Fact]
    public async Task Hundred_refused_requests_of_a_stranger_are_one_line()
    {
        await using var host = await WebHost.StartAsync(settings => settings with { SignIn = true, AdministratorPassword = WebHost.Password });
        using var client = host.Client();
        for (var n = 0; n < 100; n++)
        {
            using var answer = await client.GetAsync($"/wp-login-{n}", TestContext.Current.CancellationToken);
            Assert.False(answer.IsSuccessStatusCode);
        }

        Assert.Single(await host.AuditAsync());
    }

    [Fact]
    public async Task What_was_cancelled_and_sent_again_stands_in_the_audit()
    {
        await using var host = await WebHost.StartAsync();
        var run = new string('a', 32);

        await PostAsync(host, "/studies/1.2.3?handler=Cancel&run=" + run);
        await PostAsync(host, "/studies/1.2.3?handler=Requeue&delivery=7&delivery=9");

        var details = (await host.AuditAsync()).Where(r => r.Action == "change").Select(r => r.Detail).ToList();
        Assert.Contains(details, d => d.EndsWith(" run " + run, StringComparison.Ordinal));
        Assert.Contains(details, d => d.EndsWith(" 2 deliveries: 7 9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task First_start_that_ended_before_the_role_was_given_is_made_good_with_a_password_that_is_shown()
    {
        var console = new StringWriter();
        await using var host = await WebHost.StartAsync(settings => settings with { SignIn = true }, console);
        await using (var db = host.App.Services.GetRequiredService<ClinicDbFactory>().Create())
        {
            await db.Set<IdentityUserRole<string>>().ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        var again = new StringWriter();
        await RestartAsync(host, again);

        Assert.Contains("administrator with the password", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("administrator with the password", again.ToString(), StringComparison.Ordinal);
        await using var after = host.App.Services.GetRequiredService<ClinicDbFactory>().Create();
        Assert.Single(await after.Set<IdentityUserRole<string>>().ToListAsync(TestContext.Current.CancellationToken));
        var third = new StringWriter();
        await RestartAsync(host, third);
        Assert.Empty(third.ToString());
    }

    [Fact]
    public async Task Appliance_that_ends_by_itself_is_told_from_one_that_was_asked_to()
    {
        await using var host = await WebHost.StartAsync();
        using var asked = new CancellationTokenSource();
        var waiting = ClinicalSuite.Server.Appliance.WaitForEndAsync(host.App, asked.Token);
        Assert.False(waiting.IsCompleted);
        host.App.Lifetime.StopApplication();
        Assert.False(await waiting);

        await asked.CancelAsync();
        Assert.True(await ClinicalSuite.Server.Appliance.WaitForEndAsync(host.App, asked.Token));
        using var client = host.Client();
        using var answer = await client.GetAsync("/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("0.0.0.0", true, false)]
    public void Pages_that_leave_the_machine_unencrypted_are_known(string host, bool tls, bool isInTheClear)
    {
        var settings = new ApplianceSettings
        {
            DataFolder = "data",
            HttpHost = IPAddress.Parse(host),
            Tls = tls ? new ClinicalSuite.Pipeline.Tls.TlsSettings { Web = true } : null,
        };
        Assert.Equal(isInTheClear, settings.IsWebInTheClear);
    }

    [Fact]
    public void Settings_of_an_analysis_are_taken_from_the_file_and_their_names_are_checked()
    {
        Assert.Null(Over("""{"analyses": {"liver-vessels": {}}}"""));
        Assert.Equal("analyses: liver-vessels: colour: it takes none", Over("""{"analyses": {"liver-vessels": {"colour": "red"}}}"""));
        Assert.StartsWith("analyses: liver-vesels: no such analysis", Over("""{"analyses": {"liver-vesels": {}}}"""), StringComparison.Ordinal);
    }

    /// <summary>The complaint about a settings file, or null.</summary>
    private static string? Over(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return SettingsFile.Read(path).Over(new ApplianceSettings { DataFolder = "data" }).Complaint;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The step of the start alone, on the same folder.</summary>
    private static async Task RestartAsync(WebHost host, TextWriter console)
    {
        await using var next = ClinicalSuite.Server.Appliance.Build(
            new ApplianceSettings { DataFolder = host.Data, SignIn = true, HttpPort = 0, DicomPort = 0 }, console);
        var step = next.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .Single(service => service.GetType().Name == "AdministratorStartup");
        await step.StartAsync(CancellationToken.None);
    }

    private static async Task PostAsync(WebHost host, string path)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        var page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent([new("__RequestVerificationToken", Token(page))]),
            TestContext.Current.CancellationToken);
    }

    private static string Token(string page)
    {
        const string Before = "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"";
        var from = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return page[from..page.IndexOf('"', from)];
    }
}
