namespace ClinicalSuite.Store;

/// <summary>What a process does on a data folder; each at most once at a time.</summary>
public enum StoreRole
{
    /// <summary>Takes objects in.</summary>
    Intake,

    /// <summary>Registers, analyses and delivers.</summary>
    Work,

    /// <summary>Shows pages.</summary>
    Web,
}
