namespace ClinicalSuite.Dicom.Conformance;

/// <summary>
/// Composite objects against the standard: file meta information (PS3.10), values (PS3.5), attributes (PS3.6), and modules, types,
/// conditions, enumerated values and macros of the IOD (PS3.3).
/// </summary>
public static class ObjectConformance
{
    /// <summary>Everything found in a file, in the order of the checks.</summary>
    public static IReadOnlyList<ConformanceFinding> Check(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var subject = new ObjectUnderCheck(file.Dataset, file.FileMetaInformation, file.TransferSyntax);
        foreach (var remark in file.Remarks)
        {
            subject.Add(new ConformanceFinding(ConformanceSeverity.Error, "", "", "", remark));
        }

        return Check(subject);
    }

    /// <summary>Everything found in a data set without file meta information.</summary>
    public static IReadOnlyList<ConformanceFinding> Check(DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Check(new ObjectUnderCheck(dataset, new DicomDataset(), null));
    }

    /// <summary>The name of the IOD by which objects of a SOP class are checked; null where its tables are not known.</summary>
    public static string? DefinitionOf(string sopClass) => ObjectTables.Find(sopClass)?.Name;

    private static IReadOnlyList<ConformanceFinding> Check(ObjectUnderCheck subject)
    {
        MetaCheck.Check(subject);
        new ElementCheck(subject).Check(subject.Dataset);
        CheckAgreement(subject);
        var sopClasses = TextValues.Of(subject.Dataset, DicomTag.SOPClassUID);
        if (sopClasses.Count == 0 || sopClasses[0].Length == 0)
        {
            sopClasses = TextValues.Of(subject.Meta, DicomTag.MediaStorageSOPClassUID);
        }

        if (sopClasses.Count == 0 || ObjectTables.Find(sopClasses[0]) is not { } definition)
        {
            if (sopClasses.Count == 0)
            {
                subject.Error(subject.Dataset, DicomTag.SOPClassUID, "", "is absent: modules are not checked");
            }
            else
            {
                subject.Warn(subject.Dataset, DicomTag.SOPClassUID, "", "is not in the tables: modules are not checked");
            }

            return subject.Findings;
        }

        CheckModules(subject, definition);
        ReportOthers(subject, subject.Dataset);
        return subject.Findings;
    }

    /// <summary>What an object says twice, it says alike.</summary>
    private static void CheckAgreement(ObjectUnderCheck subject)
    {
        new PixelCheck(subject).Check();
        new FrameCheck(subject).Check();
        SegmentCheck.Check(subject);
        EvidenceCheck.Check(subject);
        ReferenceCheck.Check(subject);
        ContentTreeCheck.Check(subject);
        GeometryCheck.Check(subject);
    }

    private static void CheckModules(ObjectUnderCheck subject, ObjectDefinition definition)
    {
        var groups = new GroupCheck(subject);
        var scope = new ConditionScope(subject.Dataset, subject);
        foreach (var use in definition.Modules)
        {
            if (use.Condition?.Holds(scope) ?? true)
            {
                groups.Check(use.Module, subject.Dataset);
            }
        }
    }

    /// <summary>Attributes that are of no module make it a Standard Extended SOP class (PS3.4 B.4.1): allowed, and worth knowing.</summary>
    private static void ReportOthers(ObjectUnderCheck subject, DicomDataset dataset)
    {
        foreach (var element in dataset)
        {
            if (element.Tag.IsPrivate || element.Tag.IsGroupLength)
            {
                continue;
            }

            if (!subject.IsKnown(dataset, element.Tag))
            {
                subject.Warn(dataset, element.Tag, "", "is not in the IOD: Standard Extended SOP Class");
            }
            else if (element is DicomSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    ReportOthers(subject, item);
                }
            }
        }
    }
}
