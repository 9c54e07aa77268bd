namespace ClinicalSuite.Cli.CommandLine;

/// <summary>An option of a verb.</summary>
/// <param name="Name">With its dashes, e.g. <c>--http-port</c>.</param>
/// <param name="Value">How the help names its value, e.g. <c>PORT</c>; null for a flag.</param>
/// <param name="Meaning">One line of help.</param>
internal sealed record Option(string Name, string? Value, string Meaning)
{
    public OptionKind Kind { get; init; } = OptionKind.Text;

    /// <summary>Given more than once it makes a list.</summary>
    public bool Repeats { get; init; }

    public static Option Flag(string name, string meaning) => new(name, null, meaning);

    public static Option Text(string name, string value, string meaning) => new(name, value, meaning);

    public static Option Number(string name, string value, string meaning) =>
        new(name, value, meaning) { Kind = OptionKind.WholeNumber };

    public static Option Port(string name, string meaning) => new(name, "PORT", meaning) { Kind = OptionKind.Port };

    public static Option List(string name, string value, string meaning) => new(name, value, meaning) { Repeats = true };
}
