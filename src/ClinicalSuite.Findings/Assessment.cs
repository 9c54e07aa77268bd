namespace ClinicalSuite.Findings;

/// <summary>A qualitative statement (contrast phase: portal venous) or a probability with its interval.</summary>
public sealed record Assessment
{
    public required string Name { get; init; }

    public required Code Concept { get; init; }

    /// <summary>The category, where the statement is one.</summary>
    public Code? Category { get; init; }

    public double? Probability { get; init; }

    /// <summary>95 % interval of <see cref="Probability"/>.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>What speaks for and against it, largest first.</summary>
    public IReadOnlyList<(string Indicator, double Contribution)> Contributions { get; init; } = [];
}
