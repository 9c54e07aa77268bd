using System.Globalization;

namespace ClinicalSuite.Cli.CommandLine;

/// <summary>The parsed words of one verb; made by <see cref="ArgumentParser"/>, which has checked names and kinds.</summary>
internal sealed class Arguments(IReadOnlyList<string> operands, IReadOnlyDictionary<string, IReadOnlyList<string>> options)
{
    /// <summary>The words that are no options, in order.</summary>
    public IReadOnlyList<string> Operands { get; } = operands;

    public bool Has(string option) => options.ContainsKey(option);

    /// <summary>The value, or null when the option was not given.</summary>
    public string? Text(string option) => options.TryGetValue(option, out var values) ? values[^1] : null;

    /// <summary>The value of a <see cref="OptionKind.WholeNumber"/> or <see cref="OptionKind.Port"/> option, or null.</summary>
    public int? Number(string option) =>
        Text(option) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>All values of a repeatable option, in order; empty when it was not given.</summary>
    public IReadOnlyList<string> List(string option) => options.GetValueOrDefault(option, []);
}
