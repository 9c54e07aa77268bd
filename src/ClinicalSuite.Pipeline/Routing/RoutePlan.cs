using ClinicalSuite.Findings;
using ClinicalSuite.Pipeline.Assembly;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Routing;

/// <summary>Asks each analysis about a study and turns the answers into runs, waiting and lines of the timeline.</summary>
internal sealed class RoutePlan(
    IReadOnlyList<IAnalysis> analyses, PipelineSettings settings, StoreFolder folder)
{
    private static readonly string[] SegmentModalities = ["SEG", "RTSTRUCT"];

    /// <summary>The decision when the analyses can be asked.</summary>
    public AssemblyDecision Decide(AssemblyCase open, StudyManifest manifest, DateTime now)
    {
        var plan = new Draft(open, manifest, now, CompletenessRule.QuietAt(open, settings));
        foreach (var analysis in analyses)
        {
            Ask(plan, analysis);
        }

        if (plan.Due is null)
        {
            TellComplete(plan);
        }

        return new AssemblyDecision
        {
            StudyUid = open.Study.Uid,
            Revision = open.Study.Revision,
            SeenDue = open.Study.AssemblyDue,
            IsDecided = plan.Due is null,
            Due = plan.Due,
            WaitingFor = string.Join("; ", plan.WaitingFor.Distinct()),
            Runs = plan.Runs,
            Replaces = plan.Replaces,
            Events = [.. plan.Events.OrderBy(e => e.Stage)],
        };
    }

    /// <summary>The decision when the study's headers cannot be read as a study.</summary>
    public static AssemblyDecision Unreadable(AssemblyCase open, string cause, DateTime now)
    {
        var plan = new Draft(open, new StudyManifest(open.Study.Uid, []), now, now);
        plan.Tell(CustodyStage.Assembly, CustodySeverity.Error, "The study cannot be read.", cause, "Look at the sender and send it again.");
        return new AssemblyDecision
        {
            StudyUid = open.Study.Uid,
            Revision = open.Study.Revision,
            SeenDue = open.Study.AssemblyDue,
            IsDecided = true,
            Events = plan.Events,
        };
    }

    private void TellComplete(Draft plan)
    {
        var expectation = Expectation.Of(plan.Open);
        var how = expectation.IsMet ? $"all {expectation.Expected} images that {expectation.Source} announced are here"
            : plan.Now >= plan.QuietAt ? $"no image for {settings.QuietTime.TotalSeconds:0} s"
            : "its sender has closed the connection, and no slice is missing";
        plan.Tell(CustodyStage.Assembly, CustodySeverity.Information,
            $"Complete: {plan.Open.Instances.Count} images in {plan.Manifest.Series.Count} series.", how);
        if (expectation.Missing > 0)
        {
            plan.Tell(CustodyStage.Assembly, CustodySeverity.Warning,
                $"{expectation.Missing} of {expectation.Expected} images that {expectation.Source} announced have not come.",
                expectation.IsDiscontinued ? "the acquisition was discontinued" : "they were awaited as long as the settings allow",
                "Send what is missing; the study is looked at again then.");
        }
    }

    private void Ask(Draft plan, IAnalysis analysis)
    {
        switch (analysis.Select(plan.Manifest))
        {
            case Selection.Run run:
                foreach (var roles in run.Inputs)
                {
                    AddRun(plan, analysis, roles);
                }

                break;
            case Selection.WaitFor wait:
                WaitFor(plan, analysis, wait.What);
                break;
            case Selection.NotForMe no when plan.Now < plan.QuietAt && plan.FirstGap() is { } gap:
                plan.WaitUntil(plan.QuietAt, gap);
                break;
            case Selection.NotForMe no:
                plan.Tell(CustodyStage.Routing, CustodySeverity.Information,
                    $"{analysis.Id} is not for this study: {no.Reason.Meaning} ({no.Reason.Value}).", no.Cause);
                break;
        }
    }

    private void WaitFor(Draft plan, IAnalysis analysis, string what)
    {
        var until = plan.Open.Study.LastReceived + settings.WaitLimit;
        if (plan.Now < until)
        {
            plan.WaitUntil(until, $"{what} ({analysis.Id})");
        }
        else if (plan.Manifest.Series.Select(s => s.GeometryProblem).FirstOrDefault(p => p?.Cause == what) is { } problem)
        {
            plan.Tell(CustodyStage.Routing, CustodySeverity.Error,
                $"{analysis.Id} refused the study: {problem.Reason.Meaning} ({problem.Reason.Value}).", what,
                "Send what is missing; the study is looked at again then.");
        }
        else
        {
            plan.Tell(CustodyStage.Assembly, CustodySeverity.Warning, $"{analysis.Id} gave up waiting for {what}.",
                $"nothing came for {settings.WaitLimit:hh\\:mm\\:ss}", "Send what is missing; the study is looked at again then.");
        }
    }

    private void AddRun(Draft plan, IAnalysis analysis, IReadOnlyDictionary<string, string> roles)
    {
        var gap = plan.Now < plan.QuietAt ? roles.Values.Select(plan.Gap).FirstOrDefault(text => text is not null) : null;
        if (gap is not null)
        {
            plan.WaitUntil(plan.QuietAt, gap);
            return;
        }

        var inputs = roles.Select(role => plan.Input(role.Key, role.Value)).ToList();
        if (settings.UseArrivedSegments)
        {
            inputs.AddRange(plan.Manifest.Series
                .Where(s => SegmentModalities.Contains(s.Modality) && s.ReferencedSeriesUids.Any(roles.Values.Contains))
                .Select(s => plan.Input(null, s.SeriesUid)));
        }

        var hash = InputHash.Of(inputs, plan.ById, SettingsOf(analysis));
        var id = InputHash.RunId(folder.InstallationId, plan.Open.Study.Uid, analysis.Id, analysis.Version, hash);
        if (plan.Open.Runs.Any(r => r.Id == id))
        {
            return;
        }

        IReadOnlyList<string> earlier =
            [.. plan.Open.Runs.Where(r => r.AnalysisId == analysis.Id && HasRoles(r, roles)).Select(r => r.Id)];
        plan.Replaces[id] = earlier;
        plan.Runs.Add(new AnalysisRun
        {
            Id = id,
            StudyUid = plan.Open.Study.Uid,
            AnalysisId = analysis.Id,
            AnalysisVersion = analysis.Version,
            InputHash = hash,
            Inputs = inputs,
            Created = plan.Now,
        });
        plan.Tell(CustodyStage.Routing, CustodySeverity.Information,
            earlier.Count == 0 ? $"{analysis.Id} {analysis.Version} queued." : $"{analysis.Id} {analysis.Version} queued as a new version.",
            string.Join(", ", roles.Select(role => $"{role.Key}: series {plan.Name(role.Value)}")), runId: id);
    }

    private IReadOnlyDictionary<string, string> SettingsOf(IAnalysis analysis) =>
        settings.AnalysisSettings.GetValueOrDefault(analysis.Id) ?? new Dictionary<string, string>();

    private static bool HasRoles(AnalysisRun run, IReadOnlyDictionary<string, string> roles)
    {
        var given = run.Inputs.Where(i => i.Role is not null).ToList();
        return given.Count == roles.Count && given.All(i => roles.GetValueOrDefault(i.Role!) == i.SeriesUid);
    }
}
