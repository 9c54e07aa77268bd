using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>One of the six marks over the timeline.</summary>
/// <param name="Meaning">What has happened when the stage is done, for those who do not know the pipeline's words.</param>
/// <param name="Tone">done, busy, warn, bad or empty when the study has not come so far.</param>
/// <param name="Last">When the stage last said something.</param>
public sealed record StageMark(CustodyStage Stage, string Meaning, string Tone, DateTime? Last)
{
    private static readonly (CustodyStage Stage, string Meaning)[] Order =
    [
        (CustodyStage.Intake, "received"),
        (CustodyStage.Assembly, "complete"),
        (CustodyStage.Routing, "analysis chosen"),
        (CustodyStage.Execution, "analysed"),
        (CustodyStage.Evidence, "objects made"),
        (CustodyStage.Delivery, "delivered"),
    ];

    /// <summary>The tone for those who do not see it.</summary>
    public string Words => Tone switch
    {
        "done" => "done",
        "busy" => "under way",
        "warn" => "with a warning",
        "bad" => "failed",
        _ => "not reached",
    };

    /// <summary>The stages in order; the latest one that has an event is busy while the study is under way.</summary>
    public static IReadOnlyList<StageMark> Of(StudySheet sheet)
    {
        var latest = Array.FindLastIndex(Order, step => sheet.Events.Any(e => e.Stage == step.Stage));
        var isUnderWay = sheet.Standing
            is Standing.Receiving or Standing.Waiting or Standing.Analysing or Standing.Delivering;
        return [.. Order.Select((step, i) => Mark(sheet, step, i == latest && isUnderWay))];
    }

    private static StageMark Mark(StudySheet sheet, (CustodyStage Stage, string Meaning) step, bool isBusy)
    {
        var last = sheet.Events.LastOrDefault(e => e.Stage == step.Stage);
        var tone = last is null ? ""
            : last.Severity == CustodySeverity.Error ? "bad"
            : last.Severity == CustodySeverity.Warning ? "warn"
            : isBusy ? "busy"
            : "done";
        return new StageMark(step.Stage, step.Meaning, tone, last?.Time);
    }
}
