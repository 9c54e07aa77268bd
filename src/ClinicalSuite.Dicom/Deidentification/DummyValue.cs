namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>Values that say nothing, valid for their VR (PS3.15 E.1, action D).</summary>
internal static class DummyValue
{
    public const string Text = "ANONYMIZED";

    /// <summary>The element with a dummy value; empty where it was empty.</summary>
    public static DicomElement Of(DicomElement element) => element.IsEmpty
        ? new BytesElement(element.Tag, element.VR, ReadOnlyMemory<byte>.Empty)
        : Of(element.Tag, element.VR);

    public static DicomElement Of(DicomTag tag, DicomVR vr)
    {
        if (!vr.IsText)
        {
            // A fill of one number each for the binary VRs; two bytes where the unit is one.
            return new BytesElement(tag, vr, new byte[Math.Max(2, vr.UnitBytes)]);
        }

        return new TextElement(tag, vr, [TextOf(tag, vr)]);
    }

    /// <summary>An item of content for reports whose content was taken out: the sequence must have one.</summary>
    public static DicomDataset Content() => new DicomDataset()
        .AddOrUpdate(DicomTag.RelationshipType, "CONTAINS")
        .AddOrUpdate(DicomTag.ValueType, "TEXT")
        .AddOrUpdate(DicomTag.ConceptNameCodeSequence, CodeItem.Dcm("121106", "Comment"))
        .AddOrUpdate(DicomTag.TextValue, Text);

    private static string TextOf(DicomTag tag, DicomVR vr) => vr.Code switch
    {
        "DA" => "20000101",
        "DT" => "20000101000000",
        "TM" => "000000",
        "AS" => "000Y",
        "DS" or "IS" => "0",
        "UR" => "urn:anonymized",
        _ => tag == DicomTag.CodingSchemeDesignator ? "99ANONYMIZED" : Text,
    };
}
