namespace ClinicalSuite.Store.Queries;

/// <summary>What a column must hold.</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>One of these values.</summary>
    public sealed record AnyOf(IReadOnlyList<string> Values) : Condition
    {
        public AnyOf(string value)
            : this([value])
        {
        }
    }

    /// <summary>
    /// One of these patterns with the wild cards <c>*</c> and <c>?</c>. The database may find more, since some compare ASCII
    /// letters without case.
    /// </summary>
    public sealed record Like(IReadOnlyList<string> Patterns) : Condition;

    /// <summary>Between two texts, both included; values with dots (dates of ACR-NEMA) are always found.</summary>
    public sealed record Between(string From, string To) : Condition;
}
