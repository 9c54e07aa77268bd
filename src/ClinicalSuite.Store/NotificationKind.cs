namespace ClinicalSuite.Store;

public enum NotificationKind
{
    /// <summary>N-EVENT-REPORT of storage commitment, for who asked us.</summary>
    CommitmentReport,

    /// <summary>N-CREATE of an instance availability notification.</summary>
    Availability,

    /// <summary>N-CREATE of a performed procedure step: an analysis.</summary>
    StepCreated,

    /// <summary>N-SET of a performed procedure step: it has ended.</summary>
    StepEnded,
}
