namespace ClinicalSuite.Store;

/// <summary>The hops of a study, in the words of the pipeline's folders.</summary>
public enum CustodyStage
{
    Intake,
    Assembly,
    Routing,
    Execution,
    Evidence,
    Delivery,
    Retention,
}
