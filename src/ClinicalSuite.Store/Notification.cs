namespace ClinicalSuite.Store;

/// <summary>Something that we have to tell an application entity by a DIMSE-N request, until it has taken it.</summary>
public sealed class Notification
{
    public long Id { get; set; }

    public NotificationKind Kind { get; set; }

    /// <summary>What it is about; with the destination unique, so that nothing is told twice.</summary>
    public required string Subject { get; set; }

    /// <summary><c>AET@HOST:PORT</c>, or an AE title alone that is looked up when it is sent.</summary>
    public required string Destination { get; set; }

    public required string SopInstanceUid { get; set; }

    /// <summary>Event type of N-EVENT-REPORT; 0 for the others.</summary>
    public int EventType { get; set; }

    /// <summary>Explicit VR little endian.</summary>
    public required byte[] DataSet { get; set; }

    /// <summary>Empty where it is about no single study.</summary>
    public string StudyUid { get; set; } = "";

    public NotificationState State { get; set; }

    public int Attempts { get; set; }

    public DateTime NextAttempt { get; set; }

    public long Fence { get; set; }

    public DateTime? LeaseUntil { get; set; }

    public string Error { get; set; } = "";

    public DateTime Created { get; set; }

    public DateTime? Done { get; set; }
}
