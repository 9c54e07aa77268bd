using ClinicalSuite.Evidence;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>Everything that one execution needs, and nothing of the store: it travels to the child process as JSON.</summary>
public sealed record AnalysisOrder
{
    /// <summary>Null: derived from the input, the analysis, its version and settings, so that the same call writes the same UIDs.</summary>
    public string? RunId { get; init; }

    public required string AnalysisId { get; init; }

    /// <summary>Files, folders and zip archives of DICOM objects; images as .npy or NIfTI.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>A DICOM file that lends patient, study and frame of reference to images that are no DICOM.</summary>
    public string? ContextFile { get; init; }

    /// <summary>SeriesInstanceUID by role; null: the analysis's own selection decides.</summary>
    public IReadOnlyDictionary<string, string>? SeriesByRole { get; init; }

    /// <summary>Whether SEG and RTSTRUCT objects among the inputs that refer to a selected series are given to the analysis.</summary>
    public bool UseArrivedSegments { get; init; } = true;

    public IReadOnlyList<LabelFile> Labels { get; init; } = [];

    public IReadOnlyList<ClinicalValue> ClinicalValues { get; init; } = [];

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Made if absent. Several inputs for one role make several runs, the second and later in <c>run-2</c>, ... inside.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Also write labels.npy and its like.</summary>
    public bool WithArrays { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>The time that the results state; null: the study's own, and the results say that it is not that of the computation.</summary>
    public DateTimeOffset? Time { get; init; }

    public required DeviceIdentity Device { get; init; }

    public DocumentLanguage Language { get; init; }

    public PredecessorRun? Predecessor { get; init; }
}
