namespace ClinicalSuite.Store;

/// <summary>A document or image that a run made.</summary>
public sealed class EvidenceObject
{
    public long Id { get; set; }

    public required string RunId { get; set; }

    public required string StudyUid { get; set; }

    /// <summary>Order in which it is sent: images that are referenced go before the documents that refer to them.</summary>
    public int Ordinal { get; set; }

    public EvidenceKind Kind { get; set; }

    public required string FileName { get; set; }

    /// <summary>Relative to the store's folder.</summary>
    public required string Path { get; set; }

    public long Length { get; set; }

    public required string Sha256 { get; set; }

    /// <summary>Empty for what is no DICOM object.</summary>
    public string SopClassUid { get; set; } = "";

    public string SopInstanceUid { get; set; } = "";

    public string SeriesUid { get; set; } = "";

    public DateTime Created { get; set; }

    public AnalysisRun? Run { get; set; }

    public List<Delivery> Deliveries { get; } = [];
}
