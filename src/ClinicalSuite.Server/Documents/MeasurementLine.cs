namespace ClinicalSuite.Server.Documents;

/// <summary>One row of the table; <see cref="Value"/> is null when it could not be assessed, then <see cref="Missing"/> says why.</summary>
public sealed record MeasurementLine(string Name, string? Value, string Missing, string Unit, string Segment, string Method);
