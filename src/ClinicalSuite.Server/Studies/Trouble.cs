using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>What keeps a study from a result that has arrived, with cause and remedy, and what a person can do about it here.</summary>
/// <param name="Severity">An error asks for a person; a warning only says why there is nothing to show.</param>
/// <param name="Run">The run that can be started again; null when there is none.</param>
/// <param name="Deliveries">Ids of deliveries that can be sent again.</param>
public sealed record Trouble(
    CustodySeverity Severity, string Text, string Cause, string Remedy, AnalysisRun? Run, IReadOnlyList<long> Deliveries)
{
    /// <summary>What is wrong now: a run that ended without results, a delivery given up, a study that cannot be read or that no analysis takes.</summary>
    public static IReadOnlyList<Trouble> Of(StudySheet sheet)
    {
        var current = sheet.Runs.Where(r => r.SupersededByRunId is null).ToList();
        var troubles = current.Select(run => OfRun(sheet, run)).OfType<Trouble>().Concat(OfDeliveries(sheet)).Concat(OfProofs(sheet)).ToList();
        return current.Count == 0 ? [.. troubles, .. OfStudy(sheet)] : troubles;
    }

    private static Trouble? OfRun(StudySheet sheet, AnalysisRun run)
    {
        if (run.State is not (RunState.Refused or RunState.Poisoned or RunState.Cancelled or RunState.NotAssessable))
        {
            return null;
        }

        var told = sheet.Events.LastOrDefault(e =>
            e.RunId == run.Id && e.Stage == CustodyStage.Execution && e.Severity != CustodySeverity.Information);
        return new Trouble(
            run.State is RunState.Refused or RunState.Poisoned ? CustodySeverity.Error : CustodySeverity.Warning,
            told?.Text ?? $"{run.AnalysisId}: {run.Reason}",
            told?.Cause ?? run.Cause,
            told?.Remedy ?? "",
            run.State is RunState.Poisoned or RunState.Cancelled ? run : null,
            []);
    }

    /// <summary>One for each destination and cause: six objects that a PACS refused for one reason are one trouble.</summary>
    private static IEnumerable<Trouble> OfDeliveries(StudySheet sheet) => sheet.Deliveries
        .Where(d => d.State == DeliveryState.Failed && sheet.Runs.Any(r => r.Id == d.RunId && r.SupersededByRunId is null))
        .GroupBy(d => (d.Destination, d.Error))
        .Select(same => new Trouble(
            CustodySeverity.Error,
            same.Count() == 1 ? $"1 object was not delivered to {same.Key.Destination}."
                : $"{same.Count()} objects were not delivered to {same.Key.Destination}.",
            same.Key.Error,
            sheet.Events.LastOrDefault(e => e.Stage == CustodyStage.Delivery && IsOf(e, same.Key.Error))?.Remedy ?? "",
            null,
            [.. same.Select(d => d.Id)]));

    /// <summary>The row has the peer's own words after ours; the timeline has ours alone.</summary>
    private static bool IsOf(CustodyEvent line, string error) =>
        error == line.Cause || (line.Cause.Length > 0 && error.StartsWith(line.Cause + ": ", StringComparison.Ordinal));

    /// <summary>What was acknowledged long ago and is still not known to be there.</summary>
    private static IEnumerable<Trouble> OfProofs(StudySheet sheet) => sheet.Deliveries
        .Where(Standings.IsOverdue)
        .GroupBy(d => (d.Destination, d.Error, d.ProofText))
        .Select(same => new Trouble(
            CustodySeverity.Warning,
            $"It is not proved yet that {same.Key.Destination} has {(same.Count() == 1 ? "1 object" : $"{same.Count()} objects")}.",
            same.Key.ProofText.Length > 0 ? same.Key.ProofText : same.Key.Error,
            "Look whether the PACS shows them; let it report to our AE title, address and port.",
            null,
            []));

    private static IEnumerable<Trouble> OfStudy(StudySheet sheet) => sheet.Events
        .Where(e => e.RunId is null && (e.Severity == CustodySeverity.Error
            || (e.Stage == CustodyStage.Routing && sheet.Standing == Standing.NothingToAnalyse)))
        .GroupBy(e => (e.Text, e.Cause))
        .Select(same => new Trouble(
            same.First().Severity == CustodySeverity.Error ? CustodySeverity.Error : CustodySeverity.Warning,
            same.Key.Text, same.Key.Cause, same.First().Remedy, null, []));
}
