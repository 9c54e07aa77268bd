using ClinicalSuite.Evidence;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>Turns a run of the database into an order for the child process.</summary>
internal sealed class RunOrder(
    RunLedger runs, StudyCatalogue studies, StoreFolder folder, PipelineSettings settings, TimeProvider time)
{
    public async Task<AnalysisOrder> MakeAsync(AnalysisRun run, CancellationToken cancellation)
    {
        var instances = await runs.InstancesAsync(run, cancellation);
        return new AnalysisOrder
        {
            RunId = run.Id,
            AnalysisId = run.AnalysisId,
            Inputs = [.. run.Inputs.SelectMany(i => i.InstanceIds).Select(id => folder.Absolute(instances[id].Path))],
            SeriesByRole = run.Inputs.Where(i => i.Role is not null).ToDictionary(i => i.Role!, i => i.SeriesUid),
            UseArrivedSegments = settings.UseArrivedSegments,
            Settings = settings.AnalysisSettings.GetValueOrDefault(run.AnalysisId) ?? new Dictionary<string, string>(),
            OutputFolder = folder.AttemptFolder(run.Id, run.Fence),
            Threads = settings.ThreadsPerRun,
            Time = SiteTime(run),
            Device = Device(),
            Language = settings.Language == "zh" ? DocumentLanguage.Chinese : DocumentLanguage.English,
            Predecessor = await PredecessorAsync(run, cancellation),
        };
    }

    /// <summary>
    /// The instant of the run on the clock of the site, for results state dates and times without a zone beside those of the study,
    /// which are the site's. (0008,0201) would say the zone, and change the meaning of the copied study time where its own is unknown.
    /// </summary>
    private DateTimeOffset SiteTime(AnalysisRun run) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(run.Created), time.LocalTimeZone);

    /// <summary>This installation, as results name their maker.</summary>
    private DeviceIdentity Device()
    {
        var installation = folder.InstallationId;
        return Maker.Device(settings.DeviceSerialNumber.Length > 0 ? settings.DeviceSerialNumber : installation[..12], installation);
    }

    private async Task<PredecessorRun?> PredecessorAsync(AnalysisRun run, CancellationToken cancellation)
    {
        if (run.SupersedesRunId is null)
        {
            return null;
        }

        var earlier = (await studies.RunsAsync(run.StudyUid, cancellation)).Single(r => r.Id == run.SupersedesRunId);
        var report = earlier.Evidence.FirstOrDefault(e => e.Kind == Store.EvidenceKind.StructuredReport);
        return report is null
            ? null
            : new PredecessorRun(
                earlier.Id, new ObjectReference(run.StudyUid, report.SeriesUid, report.SopClassUid, report.SopInstanceUid));
    }
}
