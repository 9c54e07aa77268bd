namespace ClinicalSuite.Findings;

/// <summary>A coded concept: value, scheme designator (SCT, DCM, UCUM, LN, 99CLINSUITE, ...) and meaning (PS3.3 table 8.8-1).</summary>
/// <remarks>A value has at most 16 characters, so that it fits CodeValue (SH).</remarks>
public sealed record Code(string Value, string Scheme, string Meaning);
