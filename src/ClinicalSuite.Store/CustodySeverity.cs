namespace ClinicalSuite.Store;

public enum CustodySeverity
{
    Information,
    Warning,
    Error,
}
