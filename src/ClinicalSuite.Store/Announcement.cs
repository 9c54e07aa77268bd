namespace ClinicalSuite.Store;

/// <summary>What a modality or archive has said of the images of a study: evidence of when it is complete.</summary>
public sealed class Announcement
{
    public long Id { get; set; }

    public AnnouncementKind Kind { get; set; }

    public AnnouncementState State { get; set; }

    /// <summary>Of the performed procedure step or the notification; one that serves several studies has a row for each.</summary>
    public required string SopInstanceUid { get; set; }

    public required string StudyUid { get; set; }

    public required string SenderAeTitle { get; set; }

    public required IReadOnlyList<AnnouncedSeries> Series { get; set; }

    /// <summary>The attributes as they stand now, explicit VR little endian; empty for a notification, which never changes.</summary>
    public required byte[] DataSet { get; set; }

    public DateTime Created { get; set; }

    public DateTime Changed { get; set; }
}
