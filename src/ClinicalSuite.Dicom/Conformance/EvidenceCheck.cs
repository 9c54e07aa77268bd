namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Every instance that a content tree refers to is listed among its evidence, with its class (PS3.3 C.17.2.3).</summary>
internal static class EvidenceCheck
{
    private const string Module = "SR Document General";

    private static readonly DicomTag[] Lists =
        [DicomTag.CurrentRequestedProcedureEvidenceSequence, DicomTag.PertinentOtherEvidenceSequence];

    public static void Check(ObjectUnderCheck subject)
    {
        var document = subject.Dataset;
        if (!document.TryGetElement(DicomTag.ContentSequence, out var element) || element is not DicomSequence content)
        {
            return;
        }

        var listed = Lists.SelectMany(list => Below(document, list))
            .Where(item => item.Place.Sequence == DicomTag.ReferencedSOPSequence)
            .GroupBy(item => item.GetStringOrEmpty(DicomTag.ReferencedSOPInstanceUID))
            .ToDictionary(group => group.Key, group => group.Select(item => item.GetStringOrEmpty(DicomTag.ReferencedSOPClassUID)).ToList());
        foreach (var item in content.Items.SelectMany(item => ItemTree.Below(item).Prepend(item)))
        {
            if (item.Place.Sequence != DicomTag.ReferencedSOPSequence
                || !item.TryGetString(DicomTag.ReferencedSOPInstanceUID, out var instance))
            {
                continue;
            }

            if (!listed.TryGetValue(instance, out var classes))
            {
                subject.Error(
                    item, DicomTag.ReferencedSOPInstanceUID, Module,
                    "is in neither CurrentRequestedProcedureEvidenceSequence nor PertinentOtherEvidenceSequence");
            }
            else if (!classes.Contains(item.GetStringOrEmpty(DicomTag.ReferencedSOPClassUID)))
            {
                subject.Error(item, DicomTag.ReferencedSOPClassUID, Module, "is another than in the evidence sequence");
            }
        }
    }

    private static IEnumerable<DicomDataset> Below(DicomDataset document, DicomTag list) =>
        document.TryGetElement(list, out var element) && element is DicomSequence sequence
            ? sequence.Items.SelectMany(ItemTree.Below)
            : [];
}
