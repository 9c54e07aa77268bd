namespace ClinicalSuite.Store;

public enum AnnouncementKind
{
    /// <summary>Modality performed procedure step (MPPS).</summary>
    PerformedStep,

    /// <summary>Instance availability notification.</summary>
    Availability,
}
