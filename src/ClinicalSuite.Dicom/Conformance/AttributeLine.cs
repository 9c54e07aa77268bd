namespace ClinicalSuite.Dicom.Conformance;

/// <summary>An attribute of a module or macro, and what is in its items where it is a sequence.</summary>
/// <param name="Type">1, 1C, 2, 2C or 3.</param>
/// <param name="MayBeOtherwise">May be present though the condition does not hold.</param>
/// <param name="Count">How many values or items; null where PS3.6 alone says it.</param>
internal sealed record AttributeLine(
    DicomTag Tag, string Type, bool MayBeOtherwise, Multiplicity? Count, Condition? Condition, IReadOnlyList<ValueCheck> Checks)
    : GroupLine(Condition)
{
    public List<GroupLine> Children { get; } = [];
}
