namespace ClinicalSuite.Store;

/// <summary>An object as others refer to it.</summary>
public sealed record InstanceReference(string SopClassUid, string SopInstanceUid);
