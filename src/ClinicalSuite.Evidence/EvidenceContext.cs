using ClinicalSuite.Dicom;
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

    /// <summary>The series that were read, by the analysis's roles; empty where none was fit to be read.</summary>
    public required IReadOnlyDictionary<string, SourceSeries> Series { get; init; }

    public required DeviceIdentity Device { get; init; }

    /// <summary>When the run was made; every date and time written by us is this one.</summary>
    public required DateTimeOffset Time { get; init; }

    public DocumentLanguage Language { get; init; } = DocumentLanguage.English;

    /// <summary>The run that this one replaces.</summary>
    public PredecessorRun? Predecessor { get; init; }

    /// <summary>Objects of the study that gave segments (SEG, RTSTRUCT): evidence of the report besides the images.</summary>
    public IReadOnlyList<ObjectReference> GivenObjects { get; init; } = [];

    /// <summary>
    /// SpecificCharacterSet of all objects of this run; null: the source's own. The evidence set turns to ISO_IR 192 where
    /// the source's cannot hold the text.
    /// </summary>
    public string? CharacterSet { get; init; }

    /// <summary>Of <see cref="Principal"/>, as all objects have it: the patient is never put together from several headers.</summary>
    public PatientFacts Patient => SourceFacts.Patient(Principal.Header);

    /// <summary>The study and its order, from the same header as the patient.</summary>
    public StudyFacts Order => SourceFacts.Study(Principal.Header);

    /// <summary>No trustworthy identity: documents say so, and nothing leaves by itself.</summary>
    public bool Unidentified => Patient.Id.Length == 0;

    /// <summary>Objects of the study name different patients: documents say so, and what they say is preliminary.</summary>
    public bool HasContradictoryIdentity => Study.HasContradictoryIdentity;

    /// <summary>
    /// The series that documents name as their source, in the order of their roles; where none was fit to be read, the study's
    /// first with images, so that a refusal names what it refuses.
    /// </summary>
    public IReadOnlyList<SourceSeries> Sources => Series.Count > 0
        ? [.. Series
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value)
            .DistinctBy(series => series.Manifest.SeriesUid)]
        : [Study.Series.FirstOrDefault(series => series.Instances.Any(instance => instance.Frames > 0))
            ?? Study.Series[0]];

    /// <summary>The series whose header gives patient and study.</summary>
    public SourceSeries Principal => Sources[0];

    /// <summary>The result with what had to be left out of the source, or is wrong with it, stated beside its own notes.</summary>
    public AnalysisResult Stated(AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var notes = Study.Notes.Concat(CopiedAttributes.Notes(Principal.Header)).ToList();
        return notes.Count == 0 ? result : result with { Quality = [.. result.Quality, .. notes] };
    }

    /// <summary>A UID of this run for a purpose, e.g. <c>seg-parts/series</c>: the same for each retry.</summary>
    public string Uid(string purpose) => DicomUID.FromSeed($"run {RunId} {purpose}");

    /// <summary>
    /// The frame of reference of a series; where the source has none, one of ours that all results of the series share
    /// (PS3.3 C.7.4.1: SEG needs one, and viewers compare it).
    /// </summary>
    public static string FrameOfReference(SourceSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return HasOwnFrameOfReference(series)
            ? DicomUID.FromSeed($"frame of reference of series {series.Manifest.SeriesUid}")
            : series.FrameOfReferenceUid;
    }

    /// <summary>Whether <see cref="FrameOfReference"/> is ours and not the source's; objects then state it.</summary>
    public static bool HasOwnFrameOfReference(SourceSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return !DicomUID.IsWellFormed(series.FrameOfReferenceUid);
    }
}
