namespace ClinicalSuite.Store;

public enum NotificationState
{
    Queued,
    Sending,
    Done,

    /// <summary>Refused for good, or the last attempt failed.</summary>
    Failed,
}
