namespace ClinicalSuite.Store.Instances;

/// <summary>What became of an object that was received.</summary>
public abstract record StoreOutcome
{
    private StoreOutcome()
    {
    }

    /// <summary>On disk, named, journalled and flushed: success may be said (0000H).</summary>
    public sealed record Stored(JournalEntry Entry) : StoreOutcome;

    /// <summary>The very same data set is kept already: success, nothing new.</summary>
    public sealed record AlreadyStored(JournalEntry Entry) : StoreOutcome;

    /// <summary>Kept beside a different data set of the same SOPInstanceUID, which stays the one in use: success, flagged.</summary>
    public sealed record ConflictKept(JournalEntry Entry) : StoreOutcome;

    /// <summary>Refused: out of resources (A700H). Nothing is left behind.</summary>
    public sealed record NoSpace(string Cause) : StoreOutcome;

    /// <summary>The device failed (0110H). Nothing was promised.</summary>
    public sealed record DeviceFailed(string Cause) : StoreOutcome;

    internal static StoreOutcome Of(IOException problem) =>
        DurableFile.IsNoSpace(problem) ? new NoSpace(problem.Message) : new DeviceFailed(problem.Message);
}
