using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>All that the page of a study shows; runs and events oldest first.</summary>
public sealed record StudySheet(
    Study Study,
    IReadOnlyList<AnalysisRun> Runs,
    IReadOnlyList<EvidenceObject> Evidence,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<CustodyEvent> Events,
    Standing Standing);
