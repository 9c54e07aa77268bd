namespace ClinicalSuite.Store;

public enum AnnouncementState
{
    InProgress,
    Completed,
    Discontinued,
}
