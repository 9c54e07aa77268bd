namespace ClinicalSuite.Evidence;

/// <summary>The earlier run that this one replaces; its SR goes into PredecessorDocumentsSequence.</summary>
public sealed record PredecessorRun(string RunId, ObjectReference Report);
