namespace ClinicalSuite.Findings;

/// <summary>One number about the patient, or the reason why there is none.</summary>
public sealed record Measurement
{
    /// <summary>Stable key within the analysis, e.g. <c>liver-volume</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is measured, e.g. (118565006, SCT, "Volume").</summary>
    public required Code Concept { get; init; }

    /// <summary>Null when not assessable; then <see cref="Missing"/> says why. Never 0 for "unknown".</summary>
    public double? Value { get; init; }

    public Code? Missing { get; init; }

    public required Code Unit { get; init; }

    /// <summary>How the value is derived from a population, e.g. (373098007, SCT, "Mean Value of population").</summary>
    public Code? Derivation { get; init; }

    /// <summary>The number of the segment that it describes.</summary>
    public int? SegmentNumber { get; init; }

    /// <summary>Measure the segment together with all that it includes (the whole liver) or without (liver without vessels).</summary>
    public bool OfWholeSegment { get; init; } = true;

    /// <summary>The method and its version, e.g. <c>voxel count 1</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Standard deviation of the measurement, in <see cref="Unit"/>, where known.</summary>
    public double? Uncertainty { get; init; }

    /// <summary>Digits after the decimal point that mean something; documents round to it.</summary>
    public int Decimals { get; init; } = 1;
}
