using System.Globalization;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;

namespace ClinicalSuite.Cli.Demo;

/// <summary>Follows the custody of what was sent until nothing is under way any more, and says on standard error how far it is.</summary>
internal sealed class DemoWatch(StudyShelf shelf, StudyCatalogue catalogue, TimeProvider time)
{
    private const int MostStudies = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, long> shown = [];
    private string lastProgress = "";
    private DateTimeOffset lastProgressAt;

    /// <param name="expected">SOPInstanceUIDs that the appliance acknowledged.</param>
    /// <returns>Every study as it ended.</returns>
    public async Task<IReadOnlyList<StudySheet>> UntilDoneAsync(IReadOnlySet<string> expected, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            var sheets = await SheetsAsync(cancellation);
            foreach (var sheet in sheets)
            {
                ShowEvents(sheet.Study.Uid, sheet.Events);
            }

            ShowProgress(sheets);
            if (await AreRegisteredAsync(expected, sheets, cancellation) && sheets.All(HasEnded))
            {
                return sheets;
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static bool HasEnded(StudySheet sheet) =>
        sheet.Standing is not (Standing.Receiving or Standing.Waiting or Standing.Analysing or Standing.Delivering)
        && !sheet.Runs.Any(r => r.State is RunState.Queued or RunState.Running)
        && !sheet.Deliveries.Any(d => d.State is DeliveryState.Queued or DeliveryState.Sending or DeliveryState.Sent);

    private async Task<IReadOnlyList<StudySheet>> SheetsAsync(CancellationToken cancellation)
    {
        var sheets = new List<StudySheet>();
        foreach (var study in await catalogue.LatestAsync(MostStudies, cancellation))
        {
            if (await shelf.FindAsync(study.Uid, cancellation) is { } sheet)
            {
                sheets.Add(sheet);
            }
        }

        return sheets;
    }

    private async Task<bool> AreRegisteredAsync(
        IReadOnlySet<string> expected, IReadOnlyList<StudySheet> sheets, CancellationToken cancellation)
    {
        if (sheets.Sum(s => s.Study.InstanceCount) >= expected.Count)
        {
            return true;
        }

        var missing = expected.ToHashSet();
        foreach (var sheet in sheets)
        {
            missing.ExceptWith((await catalogue.InstancesAsync(sheet.Study.Uid, cancellation)).Select(i => i.SopInstanceUid));
        }

        missing.ExceptWith((await catalogue.UnreadableAsync(missing.Count + 1, cancellation)).Select(i => i.SopInstanceUid));
        return missing.Count == 0;
    }

    private void ShowEvents(string study, IReadOnlyList<CustodyEvent> events)
    {
        foreach (var hop in events.Where(e => e.Id > shown.GetValueOrDefault(study)))
        {
            var clock = hop.Time.ToLocalTime().ToString("HH:mm:ss.f", CultureInfo.InvariantCulture);
            Console.Error.WriteLine($"{clock}  {hop.Stage,-9}  {hop.Text}");
            if (hop.Cause.Length > 0)
            {
                Console.Error.WriteLine($"{"",23}cause: {hop.Cause}");
            }

            if (hop.Remedy.Length > 0)
            {
                Console.Error.WriteLine($"{"",23}remedy: {hop.Remedy}");
            }

            shown[study] = hop.Id;
        }
    }

    /// <summary>At most a line a second, and only when something moved.</summary>
    private void ShowProgress(IReadOnlyList<StudySheet> sheets)
    {
        var running = sheets.SelectMany(s => s.Runs).FirstOrDefault(r => r.State == RunState.Running);
        var now = time.GetUtcNow();
        if (running is null || now - lastProgressAt < TimeSpan.FromSeconds(1))
        {
            return;
        }

        var text = $"{running.AnalysisId} {running.Progress * 100,3:0} %  {running.Step}";
        if (text != lastProgress)
        {
            Console.Error.WriteLine($"{"",12}{"Execution",-9}  {text}");
            lastProgress = text;
            lastProgressAt = now;
        }
    }
}
