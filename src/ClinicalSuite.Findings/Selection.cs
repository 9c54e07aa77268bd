namespace ClinicalSuite.Findings;

/// <summary>An analysis's answer to a study.</summary>
public abstract record Selection
{
    private Selection()
    {
    }

    /// <summary>Run, once per entry; each entry maps roles to SeriesInstanceUIDs.</summary>
    public sealed record Run(IReadOnlyList<IReadOnlyDictionary<string, string>> Inputs) : Selection;

    /// <summary>The study lacks something that may still come.</summary>
    public sealed record WaitFor(string What) : Selection;

    public sealed record NotForMe(Code Reason, string Cause) : Selection;
}
