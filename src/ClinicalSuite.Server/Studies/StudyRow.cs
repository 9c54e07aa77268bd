using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>One line of the study list.</summary>
public sealed record StudyRow(
    Study Study,
    IReadOnlyList<string> Modalities,
    IReadOnlyList<AnalysisRun> Runs,
    int DeliveriesDone,
    int DeliveriesInAll,
    int DeliveriesFailed,
    Standing Standing)
{
    /// <summary>The words by which the list is narrowed: what asks for a person, what is under way, what is done.</summary>
    public string Concern => Standing switch
    {
        Standing.NeedsAttention or Standing.Held => "attention",
        Standing.Receiving or Standing.Waiting or Standing.Analysing or Standing.Delivering => "under-way",
        _ => "ended",
    };

    /// <summary>Why it is not simply done, in the words of the newest run that has something to say; empty when it is.</summary>
    public string Cause => Standing is Standing.NeedsAttention or Standing.NotAssessable
        ? Runs.LastOrDefault(r => r.SupersededByRunId is null && r.Cause.Length > 0)?.Cause ?? ""
        : "";
}
