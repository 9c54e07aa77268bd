using ClinicalSuite.Pipeline.Retention;
using ClinicalSuite.Store.Retention;

namespace ClinicalSuite.Server.Settings;

/// <summary>
/// <c>retention</c> of the settings file:
/// <c>{ "apply": true, "everyMinutes": 60, "rules": [{ "olderThanDays": 90, "modalities": ["CT"], "state": "delivered" }] }</c>.
/// </summary>
public sealed record RetentionFile
{
    public bool Apply { get; init; }

    public double EveryMinutes { get; init; } = 60;

    public IReadOnlyList<Rule> Rules { get; init; } = [];

    internal RetentionSettings Settings(List<string> complaints)
    {
        if (EveryMinutes is < 1 or > 1e6)
        {
            complaints.Add("retention.everyMinutes: at least 1");
        }

        return new RetentionSettings
        {
            Apply = Apply,
            Every = TimeSpan.FromMinutes(Math.Clamp(EveryMinutes, 1, 1e6)),
            Rules = Rules.Select(rule => rule.Read(complaints)).ToArray(),
        };
    }

    /// <param name="State"><c>delivered</c> or <c>finished</c>.</param>
    public sealed record Rule(double OlderThanDays, IReadOnlyList<string>? Modalities = null, string State = "delivered")
    {
        internal RetentionRule Read(List<string> complaints)
        {
            if (OlderThanDays is not (>= 0 and <= 36500))
            {
                complaints.Add("retention.rules: olderThanDays: 0 to 36500");
            }

            if (State is not ("delivered" or "finished"))
            {
                complaints.Add($"retention.rules: state: {State}: delivered or finished");
            }

            return new RetentionRule
            {
                OlderThan = TimeSpan.FromDays(Math.Clamp(OlderThanDays, 0, 36500)),
                Modalities = Modalities ?? [],
                State = State == "finished" ? RetentionState.Finished : RetentionState.Delivered,
            };
        }
    }
}
