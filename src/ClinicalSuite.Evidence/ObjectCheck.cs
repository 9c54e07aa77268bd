using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence;

/// <summary>
/// The last look at an object of ours before it leaves: what its IOD demands is there, its identifiers are valid, its pixels have the
/// length that its header says. A finding is a fault of this program, never of the input.
/// </summary>
public static class ObjectCheck
{
    /// <summary>Type 1 in each object that we make.</summary>
    private static readonly DicomTag[] FilledInAll =
    [
        DicomTag.SpecificCharacterSet, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.StudyInstanceUID,
        DicomTag.SeriesInstanceUID, DicomTag.Modality, DicomTag.Manufacturer, DicomTag.ManufacturerModelName,
        DicomTag.DeviceSerialNumber, DicomTag.SoftwareVersions, DicomTag.SeriesNumber, DicomTag.InstanceNumber,
        DicomTag.ContentDate, DicomTag.ContentTime,
    ];

    /// <summary>Type 2 in each object.</summary>
    private static readonly DicomTag[] PresentInAll =
    [
        DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.ReferringPhysicianName,
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyID,
    ];

    private static readonly Dictionary<string, DicomTag[]> FilledByClass = new()
    {
        [DicomUID.SegmentationStorage] =
        [
            DicomTag.ImageType, DicomTag.FrameOfReferenceUID, DicomTag.ContentLabel, DicomTag.SegmentationType,
            DicomTag.SegmentSequence, DicomTag.ReferencedSeriesSequence, DicomTag.DimensionOrganizationSequence,
            DicomTag.DimensionIndexSequence, DicomTag.SharedFunctionalGroupsSequence,
            DicomTag.PerFrameFunctionalGroupsSequence, DicomTag.NumberOfFrames, DicomTag.Rows, DicomTag.Columns,
            DicomTag.SamplesPerPixel, DicomTag.PhotometricInterpretation, DicomTag.BitsAllocated, DicomTag.BitsStored,
            DicomTag.HighBit, DicomTag.PixelRepresentation, DicomTag.LossyImageCompression, DicomTag.PixelData,
        ],
        [DicomUID.Comprehensive3DSRStorage] =
        [
            DicomTag.CompletionFlag, DicomTag.VerificationFlag, DicomTag.CurrentRequestedProcedureEvidenceSequence,
            DicomTag.ValueType, DicomTag.ConceptNameCodeSequence, DicomTag.ContentTemplateSequence,
            DicomTag.ContentSequence,
        ],
        [DicomUID.SecondaryCaptureImageStorage] =
        [
            DicomTag.ConversionType, DicomTag.Rows, DicomTag.Columns, DicomTag.SamplesPerPixel,
            DicomTag.PhotometricInterpretation, DicomTag.PlanarConfiguration, DicomTag.BitsAllocated,
            DicomTag.BitsStored, DicomTag.HighBit, DicomTag.PixelRepresentation, DicomTag.PixelData,
        ],
        [DicomUID.EncapsulatedPDFStorage] =
        [
            DicomTag.ConversionType, DicomTag.BurnedInAnnotation, DicomTag.MIMETypeOfEncapsulatedDocument,
            DicomTag.EncapsulatedDocument, DicomTag.SourceInstanceSequence,
        ],
    };

    private static readonly Dictionary<string, DicomTag[]> PresentByClass = new()
    {
        [DicomUID.SegmentationStorage] =
            [DicomTag.PositionReferenceIndicator, DicomTag.ContentDescription, DicomTag.ContentCreatorName],
        [DicomUID.Comprehensive3DSRStorage] =
            [DicomTag.ReferencedPerformedProcedureStepSequence, DicomTag.PerformedProcedureCodeSequence],
        [DicomUID.SecondaryCaptureImageStorage] = [DicomTag.PatientOrientation],
        [DicomUID.EncapsulatedPDFStorage] =
            [DicomTag.AcquisitionDateTime, DicomTag.ConceptNameCodeSequence, DicomTag.DocumentTitle],
    };

    /// <summary>
    /// UIDs copied from the source: of these no more is asked than form, for real devices write leading zeros and a reference
    /// that is put right refers to nothing. SeriesInstanceUID is ours at the top and the source's in references.
    /// </summary>
    private static readonly HashSet<DicomTag> CopiedUids =
    [
        DicomTag.StudyInstanceUID, DicomTag.FrameOfReferenceUID, DicomTag.ReferencedFrameOfReferenceUID,
        DicomTag.ReferencedSOPClassUID, DicomTag.ReferencedSOPInstanceUID, DicomTag.UID,
    ];

    /// <summary>All faults found, each with its tag; empty when the object may leave.</summary>
    public static IReadOnlyList<string> Faults(DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var sopClass = dataset.GetStringOrEmpty(DicomTag.SOPClassUID);
        var faults = new List<string>();
        foreach (var tag in FilledInAll.Concat(FilledByClass.GetValueOrDefault(sopClass, [])))
        {
            if (!dataset.TryGetElement(tag, out var element) || element.IsEmpty)
            {
                faults.Add($"{tag} is absent or empty");
            }
        }

        foreach (var tag in PresentInAll.Concat(PresentByClass.GetValueOrDefault(sopClass, [])))
        {
            if (!dataset.Contains(tag))
            {
                faults.Add($"{tag} is absent");
            }
        }

        CheckValues(dataset, "", faults);
        if (faults.Count == 0)
        {
            CheckPixels(dataset, faults);
            CheckFrames(dataset, faults);
            CheckReferences(dataset, faults);
        }

        return faults;
    }

    private static void CheckValues(DicomDataset dataset, string path, List<string> faults)
    {
        foreach (var element in dataset)
        {
            if (element is DicomSequence sequence)
            {
                for (var index = 0; index < sequence.Items.Count; index++)
                {
                    CheckValues(sequence.Items[index], $"{path}{element.Tag}[{index}].", faults);
                }
            }
            else if (element.VR == DicomVR.UI)
            {
                var isCopied = CopiedUids.Contains(element.Tag)
                    || (element.Tag == DicomTag.SeriesInstanceUID && path.Length > 0);
                if (!element.IsEmpty
                    && !dataset.GetStrings(element.Tag).All(isCopied ? DicomUID.IsWellFormed : DicomUID.IsValid))
                {
                    faults.Add($"{path}{element.Tag} is no UID");
                }
            }
            else if (element.VR == DicomVR.DS || element.VR == DicomVR.CS || element.Tag == DicomTag.CodeValue)
            {
                if (dataset.GetStrings(element.Tag).Any(value => value.Length > 16))
                {
                    faults.Add($"{path}{element.Tag} is longer than 16 characters");
                }
            }
        }
    }

    private static void CheckPixels(DicomDataset dataset, List<string> faults)
    {
        if (!dataset.TryGetElement(DicomTag.PixelData, out var element))
        {
            return;
        }

        var frames = dataset.TryGetInt(DicomTag.NumberOfFrames, out var count) ? count : 1;
        var bits = (long)dataset.GetInt(DicomTag.Rows) * dataset.GetInt(DicomTag.Columns) * frames
            * dataset.GetInt(DicomTag.SamplesPerPixel) * dataset.GetInt(DicomTag.BitsAllocated);
        var bytes = (bits + 7) / 8;
        bytes += bytes & 1;
        if (element.Length != bytes)
        {
            faults.Add($"{DicomTag.PixelData} has {element.Length} bytes, its header says {bytes}");
        }
    }

    private static void CheckFrames(DicomDataset dataset, List<string> faults)
    {
        if (!dataset.Contains(DicomTag.PerFrameFunctionalGroupsSequence))
        {
            return;
        }

        var groups = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        if (groups.Count != dataset.GetInt(DicomTag.NumberOfFrames))
        {
            faults.Add($"{DicomTag.PerFrameFunctionalGroupsSequence} has {groups.Count} items, not one a frame");
        }

        var numbers = dataset.GetSequence(DicomTag.SegmentSequence)
            .Select(item => item.GetInt(DicomTag.SegmentNumber)).ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count)))
        {
            faults.Add($"{DicomTag.SegmentSequence} is not numbered 1 to {numbers.Count}");
        }
    }

    /// <summary>Each object that the content tree refers to must be in the evidence (PS3.3 C.17.2.3).</summary>
    private static void CheckReferences(DicomDataset dataset, List<string> faults)
    {
        if (!dataset.Contains(DicomTag.CurrentRequestedProcedureEvidenceSequence))
        {
            return;
        }

        var evidence = Instances(dataset.GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence))
            .ToHashSet(StringComparer.Ordinal);
        var unlisted = Instances(dataset.GetSequence(DicomTag.ContentSequence))
            .Count(instance => !evidence.Contains(instance));
        if (unlisted > 0)
        {
            faults.Add($"{DicomTag.CurrentRequestedProcedureEvidenceSequence} lacks {unlisted} referenced objects");
        }
    }

    private static IEnumerable<string> Instances(IEnumerable<DicomDataset> items)
    {
        foreach (var item in items)
        {
            if (item.TryGetString(DicomTag.ReferencedSOPInstanceUID, out var uid))
            {
                yield return uid;
            }

            foreach (var below in item.OfType<DicomSequence>().SelectMany(sequence => Instances(sequence.Items)))
            {
                yield return below;
            }
        }
    }
}
