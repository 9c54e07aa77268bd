using System.Globalization;

namespace ClinicalSuite.Findings;

/// <summary>Settings by <c>--set KEY=VALUE</c>. A misspelt key or value is refused, never ignored.</summary>
public sealed class AnalysisSettings(IReadOnlyDictionary<string, string> values)
{
    public static readonly AnalysisSettings None = new(new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Values { get; } = values;

    public string Text(string key, string otherwise) => Values.GetValueOrDefault(key, otherwise);

    /// <exception cref="ArgumentException">The value is not a number.</exception>
    public double Number(string key, double otherwise)
    {
        if (!Values.TryGetValue(key, out var text))
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new ArgumentException($"setting {key}={text}: not a number");
    }

    /// <exception cref="ArgumentException">A key that is not among the known ones; the message lists those.</exception>
    public void DemandKnown(IEnumerable<string> known)
    {
        var names = known.ToList();
        var unknown = Values.Keys.FirstOrDefault(key => !names.Contains(key));
        if (unknown is not null)
        {
            var list = names.Count == 0 ? "it takes none" : "it takes " + string.Join(", ", names);
            throw new ArgumentException($"unknown setting {unknown}; {list}");
        }
    }
}
