using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>One line of the study list.</summary>
public sealed record StudyRow(
    Study Study,
    IReadOnlyList<string> Modalities,
    IReadOnlyList<AnalysisRun> Runs,
    int DeliveriesDone,
    int DeliveriesInAll,
    Standing Standing);
