using System.Net;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Appliance.Tests.Web;

/// <summary>The whole appliance on free ports of loopback, in a folder of its own.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    public const string Password = "a long password";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-web-");

    private WebHost(Func<ApplianceSettings, ApplianceSettings> change, TextWriter console)
    {
        App = ClinicalSuite.Server.Appliance.Build(
            change(new ApplianceSettings
            {
                DataFolder = Data,
                HttpPort = 0,
                DicomPort = 0,
                ClinicHost = IPAddress.Loopback,
                LogLevel = LogLevel.Critical,
            }),
            console);
    }

    public WebApplication App { get; }

    public string Data => Path.Combine(folder.FullName, "data");

    public Uri Address => Listeners.Addresses(App.Services).Single(listener => listener.Name == "web").Address;

    public static async Task<WebHost> StartAsync(
        Func<ApplianceSettings, ApplianceSettings>? change = null, TextWriter? console = null)
    {
        var host = new WebHost(change ?? (settings => settings), console ?? TextWriter.Null);
        await host.App.StartAsync();
        return host;
    }

    /// <summary>Follows no redirection.</summary>
    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public Task<IReadOnlyList<AuditRecord>> AuditAsync() =>
        App.Services.GetRequiredService<AuditTrail>().LatestAsync(1000, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
