using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>What is made, what is taken, and what is private (PS3.2 A.8).</summary>
internal static class ObjectSections
{
    public static void Write(StatementText text, ConformanceFacts facts)
    {
        text.Heading(1, "Created SOP instances")
            .Paragraph(
                "Patient and study attributes are those of the source series, decoded and written anew; what "
                + "is empty there is empty here, and no identity is invented. A value that its VR does not allow "
                + "is left out and noted in report and document. UIDs derive from the run: a repeated transfer "
                + "sends the same objects. All are derived objects of the study of their source; series numbers "
                + "begin with 9001.");
        foreach (var kind in facts.Results.GroupBy(result => result.Kind))
        {
            var result = kind.First();
            var dataset = result.Dataset;
            text.Heading(2, Title(kind.Key))
                .Paragraph(
                    $"{DicomUID.NameOf(dataset.GetString(DicomTag.SOPClassUID))} "
                    + $"({dataset.GetString(DicomTag.SOPClassUID)}), modality "
                    + $"{dataset.GetString(DicomTag.Modality)}, series number "
                    + $"{dataset.GetString(DicomTag.SeriesNumber)}, written in {result.TransferSyntax.Name}. "
                    + "Attributes of an example that has one of everything; those of an item stand below it "
                    + "after `>`.")
                .Table(AttributeRows.Columns, AttributeRows.Of(dataset));
        }

        text.Heading(1, "Extensions, codes, attributes")
            .Paragraph(
                "Objects that are made here are standard SOP classes without private attributes. Objects that "
                + "were received are kept and sent with all that they have. Codes are those of SNOMED CT, DICOM "
                + "(PS3.16), LOINC and UCUM; where none exists, private ones of the scheme `99CLINSUITE`, which "
                + "each object that uses them declares in Coding Scheme Identification Sequence. Pixels are "
                + "shown by Modality and VOI LUT and window (linear, linear exact, sigmoid); the Grayscale "
                + "Standard Display Function is left to the screen.")
            .Heading(1, "Storage SOP classes that are taken")
            .Table(["SOP class", "UID"], facts.StorageClasses.Select(row => (IReadOnlyList<string>)[row.Name, row.Uid]));
    }

    private static string Title(EvidenceKind kind) => kind switch
    {
        EvidenceKind.SegmentationParts => "Segmentation of the parts",
        EvidenceKind.SegmentationWhole => "Segmentation of what includes others",
        EvidenceKind.StructuredReport => "Structured report (TID 1500)",
        EvidenceKind.SecondaryCapture => "Picture (colour)",
        EvidenceKind.EncapsulatedPdf => "Document",
        _ => kind.ToString(),
    };
}
