using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>Decides how a study stands, and how that is shown.</summary>
public static class Standings
{
    /// <summary>What asks for a person comes first, then what is under way, then how it ended.</summary>
    public static Standing Of(Study study, IReadOnlyCollection<AnalysisRun> runs, IReadOnlyCollection<Delivery> deliveries)
    {
        var current = runs.Where(r => r.SupersededByRunId is null).ToList();
        deliveries = [.. deliveries.Where(d => current.Any(r => r.Id == d.RunId))];
        if (current.Any(r => r.State is RunState.Poisoned or RunState.Refused) || Any(deliveries, DeliveryState.Failed)
            || deliveries.Any(IsOverdue))
        {
            return Standing.NeedsAttention;
        }

        if (Any(current, RunState.Running) || Any(current, RunState.Queued))
        {
            return Standing.Analysing;
        }

        if (study.AssembledRevision < study.Revision || study.AssemblyDue is not null)
        {
            return study.WaitingFor.Length > 0 ? Standing.Waiting : Standing.Receiving;
        }

        if (Any(deliveries, DeliveryState.Queued) || Any(deliveries, DeliveryState.Sending) || Any(deliveries, DeliveryState.Sent))
        {
            return Standing.Delivering;
        }

        return Ended(current, deliveries);
    }

    /// <summary>Sent so long ago that its proof should have come.</summary>
    public static bool IsOverdue(Delivery delivery) => delivery is { State: DeliveryState.Sent, Error.Length: > 0 };

    /// <summary>How it is known that the destination has it; empty where nothing is to be said.</summary>
    public static string Words(DeliveryProof proof) => proof switch
    {
        DeliveryProof.Commitment => "proved: storage commitment",
        DeliveryProof.Find => "proved: found by C-FIND",
        DeliveryProof.Qido => "proved: found by QIDO-RS",
        DeliveryProof.NotAsked => "no proof asked for",
        DeliveryProof.NotPossible => "not proved: no proof to be had",
        DeliveryProof.None => "not proved",
        _ => "",
    };

    public static string Words(Standing standing) => standing switch
    {
        Standing.NothingToAnalyse => "Nothing to analyse",
        Standing.Held => "Held for identity",
        Standing.NotAssessable => "Not assessable",
        Standing.NeedsAttention => "Needs attention",
        _ => standing.ToString(),
    };

    /// <summary>The class of the chip that shows it.</summary>
    public static string Tone(Standing standing) => standing switch
    {
        Standing.Delivered or Standing.Complete => "good",
        Standing.Receiving or Standing.Waiting or Standing.Analysing or Standing.Delivering => "busy",
        Standing.Held or Standing.NotAssessable => "warn",
        Standing.NeedsAttention => "bad",
        _ => "",
    };

    public static string Words(RunState state) => state == RunState.NotAssessable ? "Not assessable" : state.ToString();

    public static string Tone(RunState state) => state switch
    {
        RunState.Done => "good",
        RunState.Queued or RunState.Running => "busy",
        RunState.NotAssessable => "warn",
        RunState.Refused or RunState.Poisoned => "bad",
        _ => "",
    };

    public static string Tone(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "good",
        DeliveryState.Queued or DeliveryState.Sending or DeliveryState.Sent => "busy",
        DeliveryState.Held => "warn",
        DeliveryState.Failed => "bad",
        _ => "",
    };

    private static Standing Ended(List<AnalysisRun> runs, IReadOnlyCollection<Delivery> deliveries)
    {
        if (Any(deliveries, DeliveryState.Held))
        {
            return Standing.Held;
        }

        if (Any(runs, RunState.Done))
        {
            return Any(deliveries, DeliveryState.Delivered) ? Standing.Delivered : Standing.Complete;
        }

        return Any(runs, RunState.NotAssessable) ? Standing.NotAssessable
            : Any(runs, RunState.Cancelled) ? Standing.Cancelled
            : Standing.NothingToAnalyse;
    }

    private static bool Any(IEnumerable<AnalysisRun> runs, RunState state) => runs.Any(r => r.State == state);

    private static bool Any(IEnumerable<Delivery> deliveries, DeliveryState state) => deliveries.Any(d => d.State == state);
}
