namespace ClinicalSuite.Store;

/// <summary>
/// What may speak of a patient, such as the free text of a peer's answer: kept in rows and shown on pages, but printed into a log,
/// a message or a timeline it says nothing.
/// </summary>
public readonly struct Phi<T>(T value)
{
    /// <summary>For a row of the database or a page; never for a log.</summary>
    public T Reveal() => value;

    public override string ToString() => "(withheld)";
}
