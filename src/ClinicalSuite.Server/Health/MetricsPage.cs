using System.Diagnostics;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Health;

/// <summary>
/// <c>GET /metrics</c> for Prometheus: what the program counted since its start, and what stands in the store now. It names no
/// patient, no study and no peer; where the appliance asks for a sign-in, it wants a token that may read.
/// </summary>
internal sealed class MetricsPage(InstrumentTotals totals, StoreCensus census, StoreFolder folder, TimeProvider time)
{
    public async Task<IResult> GetAsync(CancellationToken cancellation)
    {
        var text = new PrometheusText();
        var now = await census.TakeAsync(cancellation);
        totals.Write(text);
        WriteStore(text, now);
        WriteProcess(text);
        return Results.Text(text.ToString(), PrometheusText.MediaType);
    }

    private void WriteStore(PrometheusText text, Census now)
    {
        text.Gauge("clinicalsuite_studies", "Studies kept", now.Studies);
        text.Gauge("clinicalsuite_studies_waiting", "Studies that are not complete yet", now.StudiesWaiting);
        text.Gauge("clinicalsuite_associations_open", "Associations that carry objects now", now.AssociationsOpen);
        text.Gauge("clinicalsuite_runs", "Runs of analyses by state", "state", ByState(now.Runs));
        text.Gauge("clinicalsuite_deliveries", "Deliveries of results by state", "state", ByState(now.Deliveries));
        text.Gauge("clinicalsuite_delivery_oldest_waiting_seconds", "Age of the oldest result that has not arrived; 0 when none waits",
            now.OldestWaitingDelivery is { } oldest ? (time.GetUtcNow().UtcDateTime - oldest).TotalSeconds : 0);
        var drive = new DriveInfo(folder.Path);
        text.Gauge("clinicalsuite_disk_free_bytes", "Free space of the data folder's disk", drive.AvailableFreeSpace);
        text.Gauge("clinicalsuite_disk_size_bytes", "Size of the data folder's disk", drive.TotalSize);
    }

    /// <summary>Every state has its line, so that an alarm on one that never was there still works.</summary>
    private static IEnumerable<(string Of, double Value)> ByState<T>(IReadOnlyDictionary<T, int> counts)
        where T : struct, Enum =>
        Enum.GetValues<T>().Select(state => (state.ToString().ToLowerInvariant(), (double)counts.GetValueOrDefault(state)));

    private static void WriteProcess(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Gauge("process_resident_memory_bytes", "Resident memory of the server process", process.WorkingSet64);
        text.Gauge("process_start_time_seconds", "Start of the server process, Unix time",
            new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0);
        text.Head("process_cpu_seconds_total", "counter", "User and system time of the server process");
        text.Line("process_cpu_seconds_total", "", process.TotalProcessorTime.TotalSeconds);
        text.Gauge("clinicalsuite_info", "The program's version", "version", [(typeof(Appliance).Assembly.GetName().Version!.ToString(3), 1)]);
    }
}
