using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Sr;

/// <summary>Nodes of an SR content tree (PS3.3 C.17.3). The relationship is to the parent.</summary>
internal static class ContentItem
{
    public const string Contains = "CONTAINS";
    public const string Modifier = "HAS CONCEPT MOD";
    public const string Observation = "HAS OBS CONTEXT";
    public const string Acquisition = "HAS ACQ CONTEXT";

    /// <param name="template">Identifier within DCMR; null for a container that starts no template.</param>
    public static DicomDataset Container(
        string? relationship, Code concept, string? template, IEnumerable<DicomDataset> children)
    {
        var item = Item(relationship, "CONTAINER", concept, children)
            .AddOrUpdate(DicomTag.ContinuityOfContent, "SEPARATE");
        return template is null
            ? item
            : item.AddOrUpdate(DicomTag.ContentTemplateSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.MappingResource, "DCMR")
                .AddOrUpdate(DicomTag.TemplateIdentifier, template));
    }

    public static DicomDataset Coded(
        string relationship, Code concept, Code value, params IEnumerable<DicomDataset> children) =>
        Item(relationship, "CODE", concept, children)
            .AddOrUpdate(DicomTag.ConceptCodeSequence, value.ToItem());

    public static DicomDataset Text(string relationship, Code concept, string value) =>
        Item(relationship, "TEXT", concept, []).AddOrUpdate(DicomTag.TextValue, value);

    public static DicomDataset UidReference(string relationship, Code concept, string uid) =>
        Item(relationship, "UIDREF", concept, []).AddOrUpdate(DicomTag.UID, uid);

    public static DicomDataset Date(string relationship, Code concept, string date) =>
        Item(relationship, "DATE", concept, []).AddOrUpdate(DicomTag.Date, date);

    public static DicomDataset Number(
        string relationship, Code concept, double value, Code unit, params IEnumerable<DicomDataset> children) =>
        Item(relationship, "NUM", concept, children)
            .AddOrUpdate(DicomTag.MeasuredValueSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.NumericValue, value)
                .AddOrUpdate(DicomTag.MeasurementUnitsCodeSequence, unit.ToItem()));

    /// <param name="segmentNumber">Of a segmentation; null for an image.</param>
    public static DicomDataset Image(
        string relationship, Code? concept, string sopClassUid, string sopInstanceUid, int? segmentNumber = null)
    {
        var reference = DatasetItems.SopReference(sopClassUid, sopInstanceUid);
        if (segmentNumber is { } number)
        {
            reference.AddOrUpdate(DicomTag.ReferencedSegmentNumber, number);
        }

        return Item(relationship, "IMAGE", concept, [])
            .AddOrUpdate(DicomTag.ReferencedSOPSequence, reference);
    }

    private static DicomDataset Item(
        string? relationship, string type, Code? concept, IEnumerable<DicomDataset> children)
    {
        var item = new DicomDataset().AddOrUpdate(DicomTag.ValueType, type);
        if (relationship is not null)
        {
            item.AddOrUpdate(DicomTag.RelationshipType, relationship);
        }

        if (concept is not null)
        {
            item.AddOrUpdate(DicomTag.ConceptNameCodeSequence, concept.ToItem());
        }

        var content = children.ToArray();
        return content.Length == 0 ? item : item.AddOrUpdate(DicomTag.ContentSequence, content);
    }
}
