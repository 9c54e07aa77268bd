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

    /// <summary>The ending of a sender that has said all.</summary>
    public const string Released = "released";

    /// <summary>How it ended: <see cref="Released"/>, aborted, lost, restart.</summary>
    public string Ending { get; set; } = "";
}
