namespace ClinicalSuite.Store;

/// <summary>A sender's connection. While one that brought images of a study is open, the study may still grow.</summary>
public sealed class Association
{
    /// <summary>Chosen by intake, unique over restarts.</summary>
    public required string Id { get; set; }

    public required string CallingAeTitle { get; set; }

    public required string CalledAeTitle { get; set; }

    public required string PeerAddress { get; set; }

    public DateTime Opened { get; set; }

    public DateTime? Closed { get; set; }

    /// <summary>How it ended: released, aborted, lost, timed out, restart.</summary>
    public string Ending { get; set; } = "";
}
