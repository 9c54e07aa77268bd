namespace ClinicalSuite.Server.Documents;

/// <summary>One row of the table; <see cref="Value"/> is null when it could not be assessed, then <see cref="Missing"/> says why.</summary>
/// <param name="Name">The stable name of the measurement within its analysis.</param>
/// <param name="Concept">What is measured, by the meaning of its codes: "Attenuation (Mean)".</param>
/// <param name="Uncertainty">Standard deviation in the same unit; empty where none is known.</param>
public sealed record MeasurementLine(
    string Name, string Concept, string? Value, string Missing, string Unit, string Segment, string Method, string Uncertainty);
