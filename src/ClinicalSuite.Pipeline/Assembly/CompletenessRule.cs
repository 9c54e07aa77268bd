using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Assembly;

/// <summary>Whether a study may be looked at, before its headers are read: by its senders first, by quiet time as the last resort.</summary>
internal static class CompletenessRule
{
    /// <returns>Null when analyses may be asked; else until when to wait and for what.</returns>
    public static (DateTime Until, string For)? Wait(AssemblyCase study, PipelineSettings settings, DateTime now)
    {
        var quietAt = QuietAt(study, settings);
        if (now >= quietAt)
        {
            return null;
        }

        if (study.OpenAssociations > 0)
        {
            return (quietAt, "its sender, which is still connected");
        }

        if (study.IsBrokenOff)
        {
            return (quietAt, "its sender, whose connection broke off");
        }

        // A sender without an association (a file put in by hand) is settled by the time of its last image.
        var settledAt = (study.LastClosed ?? study.Study.LastReceived) + settings.SettleTime;
        return now < settledAt ? (Earlier(settledAt, quietAt), "more images that may follow at once") : null;
    }

    public static DateTime QuietAt(AssemblyCase study, PipelineSettings settings) =>
        study.Study.LastReceived + settings.QuietTime;

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
