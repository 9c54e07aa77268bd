namespace ClinicalSuite.Server.Studies;

/// <summary>The three component groups of a PN value (PS3.5 6.2.1) as people read them; empty where the sender gave none.</summary>
public sealed record PatientName(string Alphabetic, string Ideographic, string Phonetic)
{
    /// <summary>Reads <c>Wang^XiaoDong=王^小东=...</c>.</summary>
    public static PatientName Of(string value)
    {
        var groups = value.Split('=');
        return new PatientName(Group(groups, 0, " "), Group(groups, 1, ""), Group(groups, 2, " "));
    }

    /// <summary>The group that a reader of a language looks for first, then the others; never an empty one.</summary>
    public IReadOnlyList<string> InOrderFor(string language) =>
        [.. (language == "zh" ? [Ideographic, Alphabetic, Phonetic] : new[] { Alphabetic, Ideographic, Phonetic }).Where(g => g.Length > 0)];

    private static string Group(string[] groups, int index, string between) => index >= groups.Length
        ? ""
        : string.Join(between, groups[index].Split('^', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
