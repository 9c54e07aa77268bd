using ClinicalSuite.Findings;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Routing;

/// <summary>A decision while it is made.</summary>
internal sealed class Draft(AssemblyCase open, StudyManifest manifest, DateTime now, DateTime quietAt)
{
    /// <summary>Reasons against a volume that more images may cure.</summary>
    private static readonly string[] CurableProblems = ["SLICE-GAP", "TOO-FEW-SLICES"];

    public AssemblyCase Open { get; } = open;

    public StudyManifest Manifest { get; } = manifest;

    public DateTime Now { get; } = now;

    public DateTime QuietAt { get; } = quietAt;

    public IReadOnlyDictionary<long, Instance> ById { get; } = open.Instances.ToDictionary(i => i.Id);

    public List<AnalysisRun> Runs { get; } = [];

    public Dictionary<string, IReadOnlyList<string>> Replaces { get; } = [];

    public List<CustodyEvent> Events { get; } = [];

    public List<string> WaitingFor { get; } = [];

    /// <summary>The earliest time at which something that is waited for is given up.</summary>
    public DateTime? Due { get; private set; }

    public void WaitUntil(DateTime until, string what)
    {
        Due = Due is { } earlier && earlier < until ? earlier : until;
        WaitingFor.Add(what);
    }

    /// <summary>Why a series may still lack slices, or null.</summary>
    public string? Gap(string seriesUid) =>
        Manifest.Series.First(s => s.SeriesUid == seriesUid).GeometryProblem is { } problem
            && CurableProblems.Contains(problem.Reason.Value)
            ? $"slices of series {Name(seriesUid)} that seem to be missing"
            : null;

    public string? FirstGap() => Manifest.Series.Select(s => Gap(s.SeriesUid)).FirstOrDefault(gap => gap is not null);

    /// <summary>How people know a series: its number, or its UID where it has none.</summary>
    public string Name(string seriesUid) =>
        Open.Instances.First(i => i.Series!.Uid == seriesUid).Series!.Number?.ToString(null, null) ?? seriesUid;

    public RunInput Input(string? role, string seriesUid) =>
        new(role, seriesUid, [.. Open.Instances.Where(i => i.Series!.Uid == seriesUid).Select(i => i.Id)]);

    public void Tell(
        CustodyStage stage, CustodySeverity severity, string text, string cause = "", string remedy = "", string? runId = null) =>
        Events.Add(CustodyEvent.At(Now, Open.Study.Uid, stage, severity, text, cause, remedy, runId));
}
