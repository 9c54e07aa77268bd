namespace ClinicalSuite.Cli.CommandLine;

/// <summary>What a verb is called, what it takes and what its help says.</summary>
internal sealed record VerbDescription
{
    /// <summary>As typed, e.g. <c>serve</c> or <c>dicom echo</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One line for the list of verbs.</summary>
    public required string Summary { get; init; }

    /// <summary>The words after the verb that are not options, e.g. <c>AET@HOST:PORT INPUT...</c>; empty when there are none.</summary>
    public string Operands { get; init; } = "";

    public int MinOperands { get; init; }

    public int MaxOperands { get; init; }

    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>What else the reader of <c>VERB --help</c> should know.</summary>
    public string Remarks { get; init; } = "";
}
