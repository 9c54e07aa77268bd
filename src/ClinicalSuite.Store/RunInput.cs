namespace ClinicalSuite.Store;

/// <summary>What goes in under one role: a series and exactly those of its instances that the run was decided on.</summary>
/// <param name="Role">The analysis's word; null for segments that arrived in the study.</param>
public sealed record RunInput(string? Role, string SeriesUid, IReadOnlyList<long> InstanceIds);
