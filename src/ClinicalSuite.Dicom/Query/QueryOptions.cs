namespace ClinicalSuite.Dicom.Query;

/// <summary>What the two sides of a query agreed on by extended negotiation (PS3.4 C.5.1.1).</summary>
/// <param name="CombinesDateAndTime">A range of dates with one of times is a range of moments.</param>
/// <param name="IsFuzzy">Names by fuzzy semantic matching.</param>
public readonly record struct QueryOptions(bool CombinesDateAndTime = false, bool IsFuzzy = false);
