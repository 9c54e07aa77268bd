using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence;

/// <summary>
/// Everything that a writer needs besides the result: the run, the patient and study, the source series by role, who made it and when.
/// Equal contexts and results give equal bytes, so a retry sends the same objects.
/// </summary>
public sealed record EvidenceContext
{
    /// <summary>All UIDs, control ids and file names derive from it.</summary>
    public required string RunId { get; init; }

    public required IAnalysis Analysis { get; init; }

    public required SourceStudy Study { get; init; }

    /// <summary>The series that were read, by the analysis's roles.</summary>
    public required IReadOnlyDictionary<string, SourceSeries> Series { get; init; }

    public required DeviceIdentity Device { get; init; }

    /// <summary>When the run was made; every date and time written by us is this one.</summary>
    public required DateTimeOffset Time { get; init; }

    public DocumentLanguage Language { get; init; } = DocumentLanguage.English;

    /// <summary>The run that this one replaces.</summary>
    public PredecessorRun? Predecessor { get; init; }

    /// <summary>No trustworthy identity: documents say so, and nothing leaves by itself.</summary>
    public bool Unidentified => Study.Patient.Id.Length == 0;
}
