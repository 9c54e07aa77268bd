namespace ClinicalSuite.Store;

/// <summary>The answer to a heartbeat.</summary>
public enum RunBeat
{
    GoOn,

    /// <summary>A person, or a newer version of the study, wants it to end.</summary>
    Cancel,

    /// <summary>A newer fence has the run: end without effect.</summary>
    Lost,
}
