namespace ClinicalSuite.Server.Documents;

/// <summary>One row of the table; <see cref="Value"/> is null when it could not be assessed, then <see cref="Missing"/> says why.</summary>
/// <param name="Uncertainty">Standard deviation in the same unit; empty where none is known.</param>
public sealed record MeasurementLine(
    string Name, string? Value, string Missing, string Unit, string Segment, string Method, string Uncertainty);
