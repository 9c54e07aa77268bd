using ClinicalSuite.Store.Retention;

namespace ClinicalSuite.Pipeline.Retention;

/// <summary>Which studies may go, and whether they do.</summary>
public sealed record RetentionSettings
{
    public IReadOnlyList<RetentionRule> Rules { get; init; } = [];

    /// <summary>False: the page and <c>clinicalsuite retention</c> show what would go, and everything stays.</summary>
    public bool Apply { get; init; }

    /// <summary>From one sweep to the next.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);
}
