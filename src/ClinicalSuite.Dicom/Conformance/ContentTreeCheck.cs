namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Coordinates are selected from something: an image, a waveform or other coordinates (PS3.3 C.18.6, C.18.7).</summary>
internal static class ContentTreeCheck
{
    public static void Check(ObjectUnderCheck subject)
    {
        foreach (var item in ItemTree.Below(subject.Dataset).Where(item => item.Place.Sequence == DicomTag.ContentSequence))
        {
            var wanted = item.GetStringOrEmpty(DicomTag.ValueType) switch
            {
                "SCOORD" => new[] { "IMAGE" },
                "TCOORD" => ["IMAGE", "WAVEFORM", "SCOORD"],
                _ => [],
            };
            if (wanted.Length > 0 && !IsSelected(item, wanted))
            {
                subject.Error(
                    item, DicomTag.ContentSequence, "Document Relationship Macro",
                    $"has no item SELECTED FROM of value type {string.Join(" or ", wanted)}");
            }
        }
    }

    private static bool IsSelected(DicomDataset item, string[] valueTypes) =>
        item.TryGetElement(DicomTag.ContentSequence, out var element) && element is DicomSequence children
        && children.Items.Any(child => child.GetStringOrEmpty(DicomTag.RelationshipType) == "SELECTED FROM"
            && (child.Contains(DicomTag.ReferencedContentItemIdentifier)
                || valueTypes.Contains(child.GetStringOrEmpty(DicomTag.ValueType))));
}
