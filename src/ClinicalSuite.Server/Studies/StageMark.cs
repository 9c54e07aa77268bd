using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>One of the six dots over the timeline.</summary>
/// <param name="Tone">done, busy, warn, bad or empty when the study has not come so far.</param>
public sealed record StageMark(CustodyStage Stage, string Tone, string Text)
{
    private static readonly CustodyStage[] Order =
    [
        CustodyStage.Intake, CustodyStage.Assembly, CustodyStage.Routing,
        CustodyStage.Execution, CustodyStage.Evidence, CustodyStage.Delivery,
    ];

    /// <summary>The stages in order; the latest one that has an event is busy while the study is under way.</summary>
    public static IReadOnlyList<StageMark> Of(StudySheet sheet)
    {
        var latest = Array.FindLastIndex(Order, stage => sheet.Events.Any(e => e.Stage == stage));
        var isUnderWay = sheet.Standing
            is Standing.Receiving or Standing.Waiting or Standing.Analysing or Standing.Delivering;
        return [.. Order.Select((stage, i) => Mark(sheet, stage, i == latest && isUnderWay))];
    }

    private static StageMark Mark(StudySheet sheet, CustodyStage stage, bool isBusy)
    {
        var events = sheet.Events.Where(e => e.Stage == stage).ToList();
        var last = events.LastOrDefault();
        var tone = last is null ? ""
            : last.Severity == CustodySeverity.Error ? "bad"
            : last.Severity == CustodySeverity.Warning ? "warn"
            : isBusy ? "busy"
            : "done";
        return new StageMark(stage, tone, last?.Time.ToLocalTime().ToString("HH:mm:ss", null) ?? "");
    }
}
