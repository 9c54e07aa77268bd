namespace ClinicalSuite.Dicom.Query;

/// <summary>
/// Matching of PN (PS3.4 C.2.2.2.1): by component group, without regard to case and diacritics. A group of a key may
/// match any group of the name, since senders put ideographs in the first one; Han characters are found by their
/// Mandarin readings too, with and without the division into family and given name.
/// </summary>
public static class PersonNameMatching
{
    // 2 of 12 characters have two readings; a hostile name of a thousand such characters must not cost a thousandfold.
    private const int MostReadings = 16;
    private const int LongestRead = 16;

    /// <summary>True if each group of the key that is not empty matches some group of the name.</summary>
    public static bool IsMatch(string key, string name)
    {
        var forms = FormsOf(name);
        return GroupsOf(key).All(group =>
        {
            var wanted = new KeyForms(group);
            return forms.Any(form => wanted.IsMatch(form));
        });
    }

    /// <summary>
    /// Fuzzy semantic matching (PS3.4 C.2.2.2.1.1): each word of the key begins a word of the name, or sounds like one,
    /// in any order, in any group, ideographs by syllable as well.
    /// </summary>
    public static bool IsFuzzyMatch(string key, string name)
    {
        var words = FormsOf(name).SelectMany(form => Words(form.Text)).Concat(Syllables(name)).Distinct().ToList();
        return GroupsOf(key).SelectMany(Words).All(wanted => words.Exists(word =>
            Wildcard.IsIn(wanted) ? Wildcard.IsMatch(wanted, word) : word.StartsWith(wanted, StringComparison.Ordinal)
                || (Soundex.Of(wanted) is { } sound && sound == Soundex.Of(word))));
    }

    /// <summary>
    /// What a database keeps beside a name so that <see cref="Patterns"/> find it: all forms, one a line.
    /// </summary>
    public static string SearchKey(string name)
    {
        var lines = FormsOf(name).Select(form => form.Text).Distinct().ToList();
        return lines.Count == 0 ? "" : "\n" + string.Join('\n', lines) + "\n";
    }

    /// <summary>
    /// For each group of a key the patterns of which one must match <see cref="SearchKey"/>, wild cards as in DICOM. They
    /// find all that <see cref="IsMatch"/> accepts, and sometimes more.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Patterns(string key) =>
        [.. GroupsOf(key).Select(group => new KeyForms(group).Patterns())];

    /// <summary>The groups of a key that say something.</summary>
    private static IEnumerable<string> GroupsOf(string key) =>
        key.Split('=', 3).Select(Normalised).Where(group => group.Trim('*').Length > 0);

    private static List<PersonNameForm> FormsOf(string name)
    {
        var forms = new List<PersonNameForm>();
        foreach (var group in name.Split('=', 3).Select(Normalised).Where(group => group.Length > 0))
        {
            forms.Add(new(group, PersonNameForm.Comparison.Group));
            if (!group.EnumerateRunes().Any(MandarinReadings.IsHan))
            {
                continue;
            }
            var isDivided = group.Contains('^', StringComparison.Ordinal);
            var together = isDivided ? PersonNameForm.Comparison.Together : PersonNameForm.Comparison.Undivided;
            forms.Add(new(Joined(group), together));
            foreach (var reading in Readings(group))
            {
                if (isDivided)
                {
                    forms.Add(new(reading, PersonNameForm.Comparison.Divided));
                }
                forms.Add(new(Joined(reading), together));
            }
        }
        return forms;
    }

    /// <summary>A group with each Han character replaced by a reading, in all combinations up to a limit.</summary>
    private static List<string> Readings(string group)
    {
        var readings = new List<string> { "" };
        var runes = group.EnumerateRunes().Take(LongestRead);
        foreach (var rune in runes)
        {
            var syllables = MandarinReadings.Of(rune);
            readings = syllables.Count switch
            {
                0 when rune.Value is ' ' or '-' or '\'' => readings,
                0 => [.. readings.Select(reading => reading + rune)],
                _ => [.. readings.SelectMany(reading => syllables.Select(syllable => reading + syllable))
                    .Take(MostReadings)],
            };
        }
        return readings;
    }

    private static IEnumerable<string> Syllables(string name) =>
        name.EnumerateRunes().Take(3 * LongestRead).SelectMany(MandarinReadings.Of);

    private static string[] Words(string text) => text.Split(
        ['^', ' ', ',', '-', '.', '\''], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Capitals without diacritics; empty components at the end say nothing (PS3.5 6.2.1).</summary>
    private static string Normalised(string group) =>
        Diacritics.Remove(string.Concat(group.Where(c => !char.IsControl(c))).Trim().TrimEnd('^').ToUpperInvariant());

    /// <summary>Without what typists put between syllables.</summary>
    private static string Compact(string text) =>
        string.Concat(text.Where(c => c is not (' ' or '-' or '\'' or '\u3000')));

    private static string Joined(string text) => Compact(text).Replace("^", "", StringComparison.Ordinal);

    private sealed class KeyForms(string group)
    {
        private readonly string compact = Compact(group);
        private readonly string joined = Joined(group);
        private readonly bool isDivided = group.Contains('^', StringComparison.Ordinal);

        public bool IsMatch(PersonNameForm form) => form.Kind switch
        {
            // "WANG" is "WANG^" too: a key of family name and wild card finds a name that has no given one.
            PersonNameForm.Comparison.Group =>
                Wildcard.IsMatch(group, form.Text) || (isDivided && Wildcard.IsMatch(group, form.Text + "^")),
            PersonNameForm.Comparison.Divided => isDivided && Wildcard.IsMatch(compact, form.Text),
            PersonNameForm.Comparison.Together => !isDivided && Wildcard.IsMatch(joined, form.Text),
            _ => Wildcard.IsMatch(joined, form.Text),
        };

        public IReadOnlyList<string> Patterns() =>
            [.. new[] { group, group.TrimEnd('*').TrimEnd('^'), compact, joined }.Distinct()
                .Select(form => $"*\n{form}\n*")];
    }
}
