namespace ClinicalSuite.Pipeline.Intake;

/// <summary>One line of the allow-list.</summary>
/// <param name="Host">Address or name that the caller must come from; null for any.</param>
public sealed record AllowedCaller(string AeTitle, string? Host = null);
