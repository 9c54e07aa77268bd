namespace ClinicalSuite.Store.Retention;

/// <summary>A study that a rule lets go.</summary>
/// <param name="Bytes">Of its instances as received.</param>
public sealed record RetentionCandidate(string StudyUid, DateTime LastReceived, int Instances, long Bytes, RetentionRule Rule);
