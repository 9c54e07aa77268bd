using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Assembly;

/// <summary>
/// Whether a study may be looked at, before its headers are read: by what was announced of it first, then by its senders, by
/// quiet time as the last resort.
/// </summary>
internal static class CompletenessRule
{
    /// <returns>Null when analyses may be asked; else until when to wait and for what.</returns>
    public static (DateTime Until, string For)? Wait(AssemblyCase study, PipelineSettings settings, DateTime now)
    {
        var expectation = Expectation.Of(study);
        if (expectation.IsMet)
        {
            return null;
        }

        if (Announced(study, expectation, settings) is { } announced && now < announced.Until)
        {
            return announced;
        }

        var quietAt = study.Study.LastReceived + settings.QuietTime;
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

    /// <summary>From when on gaps are no longer awaited; where all is here that was announced, from the start.</summary>
    public static DateTime QuietAt(AssemblyCase study, PipelineSettings settings) =>
        study.Study.LastReceived + (Expectation.Of(study).IsMet ? TimeSpan.Zero : settings.QuietTime);

    private static (DateTime Until, string For)? Announced(
        AssemblyCase study, Expectation expectation, PipelineSettings settings)
    {
        var last = study.Study.LastReceived;
        if (expectation.InProgress.Length > 0)
        {
            return (last + settings.AnnouncedTime, $"the end of the procedure step of {expectation.InProgress}");
        }

        if (expectation.Missing == 0)
        {
            return null;
        }

        var isSure = expectation.MissingOfBegunSeries > 0 && !expectation.IsDiscontinued;
        return (last + (isSure ? settings.AnnouncedTime : settings.QuietTime),
            $"{expectation.Missing} of {expectation.Expected} images that {expectation.Source} announced");
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
