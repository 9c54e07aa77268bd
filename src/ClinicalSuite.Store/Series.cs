namespace ClinicalSuite.Store;

/// <summary>A series of a study. Its UID is unique within the study only: senders do reuse them.</summary>
public sealed class Series
{
    public long Id { get; set; }

    public required string StudyUid { get; set; }

    /// <summary>SeriesInstanceUID.</summary>
    public required string Uid { get; set; }

    public string Modality { get; set; } = "";

    public int? Number { get; set; }

    public string Description { get; set; } = "";

    public int InstanceCount { get; set; }

    public Study? Study { get; set; }

    public List<Instance> Instances { get; } = [];
}
