using System.Text.Json.Serialization;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>What became of one execution.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(NotAssessable), "not-assessable")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record AnalysisOutcome
{
    private AnalysisOutcome()
    {
    }

    public sealed record Completed(string RunId, string Folder, IReadOnlyList<WrittenObject> Objects) : AnalysisOutcome;

    /// <summary>The analysis can say nothing of this input; documents that say so may have been made.</summary>
    public sealed record NotAssessable(
        string RunId, string Folder, Code Reason, string Cause, IReadOnlyList<WrittenObject> Objects) : AnalysisOutcome;

    /// <summary>The input cannot be read as what it claims to be.</summary>
    /// <param name="Message">Names the file, the tag or offset, and the reason; no patient data.</param>
    public sealed record Refused(Code Reason, string Message) : AnalysisOutcome;
}
