namespace ClinicalSuite.Store;

/// <summary>A study about which assembly has to decide, as the database shows it at one moment.</summary>
/// <param name="Instances">What counts: readable, no conflicts, no own results; with series, in the order in which they came.</param>
/// <param name="OpenAssociations">Connections still open that have brought images of it.</param>
/// <param name="LastClosed">When the latest of those that have ended did so.</param>
/// <param name="IsBrokenOff">That one ended without a release: its sender may come again with what is missing.</param>
/// <param name="Runs">All its runs, oldest first.</param>
/// <param name="Announcements">What is said of its images, oldest first.</param>
public sealed record AssemblyCase(
    Study Study, IReadOnlyList<Instance> Instances, int OpenAssociations, DateTime? LastClosed, bool IsBrokenOff,
    IReadOnlyList<AnalysisRun> Runs, IReadOnlyList<Announcement> Announcements);
