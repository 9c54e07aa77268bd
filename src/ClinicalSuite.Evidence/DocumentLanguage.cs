namespace ClinicalSuite.Evidence;

/// <summary>The language in which documents are written.</summary>
public enum DocumentLanguage
{
    English,
    Chinese,
}
