using System.Net;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Pages;

/// <summary>The appliance as <c>serve</c> builds it, a scanner, a PACS and a RIS on loopback, and a browser that looks at the pages.</summary>
public sealed class Hospital : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Scanner = "SCANNER";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string[] ChromiumSwitches =
    [
        "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-pages-");
    private SimulatedHospital? peers;
    private WebApplication? app;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Uri Web => Address("web");

    public int DicomPort => Address("dicom").Port;

    public IServiceProvider Services => app!.Services;

    /// <summary>Where screenshots go: beside the other products of a build, never into the source.</summary>
    public static string Screenshots { get; } = Path.Combine(Architecture.Repository.Root, "artifacts", "screenshots");

    public async ValueTask InitializeAsync()
    {
        peers = SimulatedHospital.Start(Path.Combine(folder.FullName, "received"));
        app = Appliance.Build(
            new ApplianceSettings
            {
                DataFolder = Path.Combine(folder.FullName, "data"),
                HttpPort = 0,
                DicomPort = 0,
                ClinicHost = IPAddress.Loopback,
                Accept = [new AcceptRule(Scanner, "127.0.0.1")],
                Pacs = [peers.Pacs],
                Ris = [peers.Ris],
                SettleTime = TimeSpan.FromMilliseconds(300),
                // Longer than any test: what waits for a missing slice waits until the test sends it.
                QuietTime = TimeSpan.FromMinutes(30),
                LogLevel = LogLevel.Warning,
            },
            TextWriter.Null);
        await app.StartAsync();
        peers.Appliance = new DicomPeer("CLINICALSUITE", "127.0.0.1", DicomPort);
        Directory.CreateDirectory(Screenshots);
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        if (peers is not null)
        {
            await peers.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    /// <summary>The UID of a study whose results have arrived everywhere; the first call sends it.</summary>
    public async Task<string> DeliveredStudyAsync()
    {
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.70.2");
        if (await FindAsync(study.StudyUid) is null)
        {
            var series = NewFolder();
            study.Write(series);
            await SendAsync(series);
        }

        await UntilAsync(study.StudyUid, sheet => sheet.Standing == Standing.Delivered);
        return study.StudyUid;
    }

    /// <summary>The UID of a study that was refused for a truncated image; the first call sends it. Its cause names a long file name.</summary>
    public async Task<string> RefusedStudyAsync()
    {
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.70.4");
        if (await FindAsync(study.StudyUid) is null)
        {
            var series = NewFolder();
            study.Write(series);
            var file = Path.Combine(series, $"{study.StudyUid}-004.dcm");
            var image = DicomFile.Open(file).Dataset;
            DicomFile.Create(image.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, new byte[100])).Save(file);
            await SendAsync(series);
        }

        await UntilAsync(study.StudyUid, sheet => sheet.Standing == Standing.NeedsAttention);
        return study.StudyUid;
    }

    /// <summary>Waits, woken by each change in the store, until something is true of a study.</summary>
    public async Task UntilAsync(string study, Func<StudySheet, bool> isTrue)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var changes = Services.GetRequiredService<ChangeFeed>().ListenAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        try
        {
            while (await FindAsync(study) is not { } sheet || !isTrue(sheet))
            {
                await changes.MoveNextAsync();
            }
        }
        finally
        {
            await changes.DisposeAsync();
        }
    }

    public string NewFolder() => folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    /// <summary>Sends what lies in a folder as a scanner does, a study on one association.</summary>
    /// <returns>How many objects the appliance acknowledged.</returns>
    public async Task<int> SendAsync(string folderOfFiles, string callingAeTitle = Scanner)
    {
        var sender = new StudySender(new DicomPeer("CLINICALSUITE", "127.0.0.1", DicomPort),
            new DicomClientOptions { CallingAeTitle = callingAeTitle }, NewFolder(), _ => { });
        var report = await sender.SendAsync([folderOfFiles], TestContext.Current.CancellationToken);
        return report.Acknowledged.Count;
    }

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync() =>
        await Services.GetRequiredService<AuditTrail>().LatestAsync(1000, TestContext.Current.CancellationToken);

    /// <summary>A page in a browser profile of its own. It remembers everything that a good page never does.</summary>
    internal async Task<WatchedPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is not installed");
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ChromiumSwitches });
        options ??= new BrowserNewContextOptions { ViewportSize = new() { Width = 1360, Height = 900 } };
        options.BaseURL = Web.ToString();
        var page = new WatchedPage(await browser.NewContextAsync(options), Web);
        await page.GoToAsync(path);
        return page;
    }

    private async Task<StudySheet?> FindAsync(string study) =>
        await Services.GetRequiredService<StudyShelf>().FindAsync(study, TestContext.Current.CancellationToken);

    private Uri Address(string name) => Listeners.Addresses(Services).Single(listener => listener.Name == name).Address;
}
