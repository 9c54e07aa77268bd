using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>One received series: facts, instances and, where it forms a volume, its planes in order.</summary>
public sealed record SourceSeries
{
    public required SeriesManifest Manifest { get; init; }

    /// <summary>All instances in the order of InstanceNumber, then of SOPInstanceUID.</summary>
    public required IReadOnlyList<SourceInstance> Instances { get; init; }

    /// <summary>
    /// The planes in the order of the volume, against <see cref="SeriesManifest.Geometry"/>; empty where there is none.
    /// Localizers are left out.
    /// </summary>
    public IReadOnlyList<SourceSlice> Slices { get; init; } = [];

    /// <summary>The header, without pixels, of its first instance.</summary>
    public required DicomDataset Header { get; init; }

    /// <summary>As sent; empty when absent.</summary>
    public string FrameOfReferenceUid { get; init; } = "";
}
