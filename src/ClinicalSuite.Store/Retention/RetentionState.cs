namespace ClinicalSuite.Store.Retention;

/// <summary>How far a study must have come.</summary>
public enum RetentionState
{
    /// <summary>Results were made, and every one has reached its destination.</summary>
    Delivered,

    /// <summary>Nothing is under way any more, also where no analysis had anything to say.</summary>
    Finished,
}
