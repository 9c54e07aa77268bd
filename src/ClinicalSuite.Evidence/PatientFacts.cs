namespace ClinicalSuite.Evidence;

/// <summary>Who the patient is, as text of the source study. Empty where the source says nothing: an identity is never invented.</summary>
public sealed record PatientFacts
{
    /// <summary>Family^Given^Middle^Prefix^Suffix in Latin letters.</summary>
    public string AlphabeticName { get; init; } = "";

    /// <summary>The same in characters, e.g. 王^小东.</summary>
    public string IdeographicName { get; init; } = "";

    public string Id { get; init; } = "";

    public string IssuerOfId { get; init; } = "";

    /// <summary>Null when absent; a birth date that is no date is absent, and noted.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>M, F, O or empty.</summary>
    public string Sex { get; init; } = "";

    /// <summary>As sent, e.g. 056Y.</summary>
    public string Age { get; init; } = "";

    /// <summary>The name as people read it: characters if there are any, else the Latin name with spaces.</summary>
    public string DisplayName
    {
        get
        {
            var parts = (IdeographicName.Length > 0 ? IdeographicName : AlphabeticName).Split('^');
            return IdeographicName.Length > 0
                ? string.Concat(parts)
                : string.Join(' ', parts.Where(part => part.Length > 0));
        }
    }
}
