namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>What an object says of its de-identification (PS3.15 E.1.1; PS3.3 C.7.1.1, C.12.1.1.11).</summary>
internal static class DeidentificationRecord
{
    private const string CodeOfProfile = "113100";

    private static readonly (DeidentificationOptions Option, string Code, string Meaning)[] Codes =
    [
        (DeidentificationOptions.CleanGraphics, "113103", "Clean Graphics Option"),
        (DeidentificationOptions.CleanStructuredContent, "113104", "Clean Structured Content Option"),
        (DeidentificationOptions.CleanDescriptors, "113105", "Clean Descriptors Option"),
        (DeidentificationOptions.RetainFullDates, "113106", "Retain Longitudinal Temporal Information Full Dates Option"),
        (DeidentificationOptions.RetainModifiedDates, "113107",
            "Retain Longitudinal Temporal Information Modified Dates Option"),
        (DeidentificationOptions.RetainPatientCharacteristics, "113108", "Retain Patient Characteristics Option"),
        (DeidentificationOptions.RetainDeviceIdentity, "113109", "Retain Device Identity Option"),
        (DeidentificationOptions.RetainUids, "113110", "Retain UIDs Option"),
        (DeidentificationOptions.RetainSafePrivate, "113111", "Retain Safe Private Option"),
        (DeidentificationOptions.RetainInstitutionIdentity, "113112", "Retain Institution Identity Option"),
    ];

    public static void Write(DicomDataset dataset, DeidentificationPlan plan, bool isRedacted)
    {
        var codes = new List<DicomDataset> { CodeItem.Dcm(CodeOfProfile, "Basic Application Confidentiality Profile") };
        if (isRedacted)
        {
            codes.Add(CodeItem.Dcm("113101", "Clean Pixel Data Option"));
            dataset.AddOrUpdate(DicomTag.BurnedInAnnotation, "NO");
        }

        codes.AddRange(Codes.Where(row => (plan.Options & row.Option) != 0).Select(row => CodeItem.Dcm(row.Code, row.Meaning)));
        dataset.AddOrUpdate(DicomTag.PatientIdentityRemoved, "YES")
            .AddOrUpdate(DicomTag.DeidentificationMethod, "ClinicalSuite: DICOM PS3.15 Annex E", "Research use; not clinically validated")
            .AddOrUpdate(DicomTag.DeidentificationMethodCodeSequence, [.. codes])
            .AddOrUpdate(DicomTag.LongitudinalTemporalInformationModified,
                (plan.Options & DeidentificationOptions.RetainFullDates) != 0 ? "UNMODIFIED"
                : (plan.Options & DeidentificationOptions.RetainModifiedDates) != 0 ? "MODIFIED"
                : "REMOVED");
        var equipment = new DicomDataset()
            .AddOrUpdate(DicomTag.Manufacturer, "ClinicalSuite")
            .AddOrUpdate(DicomTag.PurposeOfReferenceCodeSequence, CodeItem.Dcm("109104", "De-identifying Equipment"));
        dataset.AddOrUpdate(
            DicomTag.ContributingEquipmentSequence,
            [.. dataset.GetSequence(DicomTag.ContributingEquipmentSequence).Select(item => item.Clone()), equipment]);
        // Patient and study of an object are never without these (type 2): an object that lacked them gets them now.
        foreach (var tag in new[] { DicomTag.PatientID, DicomTag.PatientName })
        {
            if (!dataset.Contains(tag))
            {
                dataset.AddOrUpdate(tag);
            }
        }
    }
}
