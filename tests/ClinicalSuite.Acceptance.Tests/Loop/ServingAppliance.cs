using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>The program <c>clinicalsuite serve</c> as a process of its own, on ports that the system chooses.</summary>
internal sealed class ServingAppliance : IAsyncDisposable
{
    public const string Title = "CLINICALSUITE";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Process process;
    private readonly ConcurrentQueue<string> log = [];
    private readonly Task reading;
    private readonly StudyShelf shelf;

    private ServingAppliance(string data, Process process)
    {
        Data = data;
        this.process = process;
        reading = ReadLogAsync();
        var databases = new ClinicDbFactory(new StoreFolder(data), NullLoggerFactory.Instance);
        shelf = new StudyShelf(
            new StudyCatalogue(databases), new CustodyTimeline(databases, new ChangeFeed(), TimeProvider.System));
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "clinicalsuite");

    public string Data { get; }

    public int ProcessId => process.Id;

    public int DicomPort { get; private set; }

    /// <summary>0 where no certificates are set.</summary>
    public int DicomTlsPort { get; private set; }

    public Uri Web { get; private set; } = null!;

    /// <summary>Processes of running analyses. A zombie, which nobody has reaped yet, is none.</summary>
    public IReadOnlyList<int> Children => ProcessTable.ChildrenOf(process.Id);

    public string Log => string.Join('\n', log);

    /// <param name="options">As on the command line, in addition to data folder and ports.</param>
    public static Task<ServingAppliance> StartAsync(string data, params string[] options) => StartAsync(data, options, withTls: false);

    /// <summary>One whose settings name certificates: its port for DICOM over TLS is known as well.</summary>
    public static Task<ServingAppliance> StartWithTlsAsync(string data, params string[] options) => StartAsync(data, options, withTls: true);

    private static async Task<ServingAppliance> StartAsync(string data, string[] options, bool withTls)
    {
        var start = new ProcessStartInfo(
            Program, ["serve", "--data", data, "--http-port", "0", "--dicom-port", "0", .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var appliance = new ServingAppliance(data, Process.Start(start)!);
        await appliance.ReadAddressesAsync(withTls);
        return appliance;
    }

    /// <summary>Looks four times a second until something is true of the study; fails after two minutes.</summary>
    public async Task<StudySheet> UntilAsync(string study, Func<StudySheet, bool> isTrue)
    {
        using var timer = new PeriodicTimer(Pause);
        var watch = Stopwatch.StartNew();
        StudySheet? sheet = null;
        while (watch.Elapsed < Patience)
        {
            sheet = await shelf.FindAsync(study, CancellationToken.None);
            if (sheet is not null && isTrue(sheet))
            {
                return sheet;
            }

            await timer.WaitForNextTickAsync();
        }

        Assert.Fail($"not seen within {Patience}: {Describe(sheet)}\n{Log}");
        return sheet!;
    }

    public Task<StudySheet> UntilDeliveredAsync(string study) =>
        UntilAsync(study, sheet => sheet.Standing == Standing.Delivered);

    public async Task<string> PageAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = Web };
        return System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(path));
    }

    /// <summary>The page as soon as it holds a text.</summary>
    public async Task<string> UntilPageAsync(string path, string text)
    {
        using var timer = new PeriodicTimer(Pause);
        var watch = Stopwatch.StartNew();
        var page = await PageAsync(path);
        while (!page.Contains(text, StringComparison.Ordinal) && watch.Elapsed < Patience)
        {
            await timer.WaitForNextTickAsync();
            page = await PageAsync(path);
        }

        return page;
    }

    /// <summary>The first line of the log that holds a text; fails after two minutes.</summary>
    public async Task<string> UntilLogAsync(string text)
    {
        using var timer = new PeriodicTimer(Pause);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            if (log.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            await timer.WaitForNextTickAsync();
        }

        Assert.Fail($"'{text}' is not in the log:\n{Log}");
        return "";
    }

    /// <summary>SIGKILL to the server alone: its child must find out by itself.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
    }

    /// <summary>SIGTERM, and the exit status.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        await reading;
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await reading;
        process.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private async Task ReadAddressesAsync(bool withTls)
    {
        while (DicomPort == 0 || (withTls && DicomTlsPort == 0))
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            if (line is null)
            {
                await reading;
                Assert.Fail("serve ended: " + Log);
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["web", var web])
            {
                Web = new Uri(web);
            }
            else if (words is ["dicom", var dicom])
            {
                DicomPort = new Uri(dicom).Port;
            }
            else if (words is ["dicom-tls", var secured])
            {
                DicomTlsPort = new Uri(secured).Port;
            }
        }
    }

    private async Task ReadLogAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            log.Enqueue(line);
        }
    }

    private static string Describe(StudySheet? sheet) => sheet is null
        ? "no such study"
        : string.Join('\n', [
            $"{sheet.Standing} {sheet.Study.InstanceCount} images, waiting for '{sheet.Study.WaitingFor}'",
            .. sheet.Runs.Select(r => $"run {r.State} {r.Attempts} {r.Cause}"),
            .. sheet.Deliveries.Select(d => $"delivery {d.State} {d.Destination} {d.Error}"),
            .. sheet.Events.Select(e => $"{e.Stage}: {e.Text} {e.Cause}"),
        ]);
}
