namespace ClinicalSuite.Dicom.Conformance;

/// <summary>What an attribute's values may be.</summary>
/// <param name="Position">The value that is meant, from 1; null for all.</param>
/// <param name="Allowed">The values; for <see cref="ValueCheckKind.NotZero"/> none.</param>
internal sealed record ValueCheck(ValueCheckKind Kind, int? Position, IReadOnlyList<string> Allowed, Condition? Condition);
