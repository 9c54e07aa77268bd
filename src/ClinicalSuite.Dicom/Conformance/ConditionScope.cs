namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Where a condition is asked: the item, and the data set and file meta information around it.</summary>
internal readonly record struct ConditionScope(DicomDataset Item, ObjectUnderCheck Object)
{
    public DicomDataset? Parent => Item.Parent;

    public ConditionScope At(DicomDataset item) => this with { Item = item };
}
