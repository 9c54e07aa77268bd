using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Seg;
using ClinicalSuite.Findings;
using static ClinicalSuite.Evidence.Sr.ContentItem;

namespace ClinicalSuite.Evidence.Sr;

/// <summary>A result as Comprehensive 3D SR by TID 1500, Imaging Measurement Report (PS3.3 A.35.13, PS3.16).</summary>
public static class StructuredReportWriter
{
    /// <param name="segmentations">Of the same run; null where the result has no segments.</param>
    public static DicomDataset Write(
        EvidenceContext context, AnalysisResult result, SegmentationObjects? segmentations)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        var title = context.Analysis.Description.Title;
        var target = ObjectHeader.Create(context, ObjectSeries.StructuredReport, title + ": report");
        ObjectHeader.AddContributingEquipment(target, context);
        target
            .AddOrUpdate(DicomTag.ReferencedPerformedProcedureStepSequence, Array.Empty<DicomDataset>())
            .AddOrUpdate(DicomTag.PerformedProcedureCodeSequence, Array.Empty<DicomDataset>())
            .AddOrUpdate(DicomTag.VerificationFlag, "UNVERIFIED")
            .AddOrUpdate(DicomTag.PreliminaryFlag, "FINAL")
            .AddOrUpdate(DicomTag.CurrentRequestedProcedureEvidenceSequence,
                ReportEvidence.ByStudy(Evidence(context, segmentations)));
        AddCompletion(target, result);
        AddRequest(target, context);
        if (context.Predecessor is { } predecessor)
        {
            target.AddOrUpdate(
                DicomTag.PredecessorDocumentsSequence, ReportEvidence.ByStudy([predecessor.Report]));
        }

        foreach (var element in Root(context, result, segmentations))
        {
            target.AddOrUpdate(element);
        }

        ObjectHeader.DeclarePrivateCodes(target);
        return target;
    }

    private static IEnumerable<ObjectReference> Evidence(EvidenceContext context, SegmentationObjects? segmentations)
    {
        var references = context.Sources.SelectMany(series => ReportEvidence.References(context, series));
        if (segmentations is not null)
        {
            references = references
                .Concat(segmentations.PartReferences.Values.Select(segment => segment.Object))
                .Concat(segmentations.WholeReferences.Values.Select(segment => segment.Object));
        }

        return references.Concat(context.GivenObjects);
    }

    private static void AddCompletion(DicomDataset target, AnalysisResult result)
    {
        if (result is AnalysisResult.Completed)
        {
            target.AddOrUpdate(DicomTag.CompletionFlag, "COMPLETE");
        }
        else
        {
            target
                .AddOrUpdate(DicomTag.CompletionFlag, "PARTIAL")
                .AddOrUpdate(DicomTag.CompletionFlagDescription, "Not assessable");
        }
    }

    /// <summary>The order, where the source names one: an empty item would be wrong.</summary>
    private static void AddRequest(DicomDataset target, EvidenceContext context)
    {
        var study = context.Order;
        if (study.AccessionNumber.Length == 0)
        {
            return;
        }

        var request = new DicomDataset()
            .AddOrUpdate(DicomTag.AccessionNumber, study.AccessionNumber)
            .AddOrUpdate(DicomTag.ReferencedStudySequence, Array.Empty<DicomDataset>())
            .AddOrUpdate(DicomTag.StudyInstanceUID, study.StudyUid)
            .AddOrUpdate(DicomTag.RequestedProcedureCodeSequence, Array.Empty<DicomDataset>());
        Put(DicomTag.RequestedProcedureDescription, study.RequestedProcedureDescription);
        Put(DicomTag.RequestedProcedureID, study.RequestedProcedureId);
        Put(DicomTag.PlacerOrderNumberImagingServiceRequest, study.PlacerOrderNumber);
        Put(DicomTag.FillerOrderNumberImagingServiceRequest, study.FillerOrderNumber);
        target.AddOrUpdate(DicomTag.ReferencedRequestSequence, request);

        // Type 2: present, empty where the source says nothing.
        void Put(DicomTag tag, string value)
        {
            if (value.Length > 0)
            {
                request.AddOrUpdate(tag, value);
            }
            else
            {
                request.AddOrUpdate(tag);
            }
        }
    }

    private static DicomDataset Root(
        EvidenceContext context, AnalysisResult result, SegmentationObjects? segmentations)
    {
        var (language, country) = LanguageCodes(context.Language);
        var content = new List<DicomDataset>
        {
            Coded(Modifier, ReportCodes.Language, language, Coded(Modifier, ReportCodes.Country, country)),
        };
        content.AddRange(Observer(context.Device));
        content.Add(Coded(Modifier, ReportCodes.ProcedureReported, context.Analysis.Description.Procedure));
        content.Add(ImageLibrary.Of(context));
        if (result is AnalysisResult.Completed completed
            && new MeasurementGroups(context, completed, segmentations).Container() is { } measurements)
        {
            content.Add(measurements);
        }

        content.Add(Container(Contains, ReportCodes.Evaluations, null, [.. Evaluations.Of(context, result)]));
        return Container(null, ReportCodes.Report, "1500", content);
    }

    /// <summary>TID 1004: a device observed. Patient and procedure are those of the header.</summary>
    private static IEnumerable<DicomDataset> Observer(DeviceIdentity device) =>
    [
        Coded(Observation, ReportCodes.ObserverType, ReportCodes.Device),
        UidReference(Observation, ReportCodes.DeviceUid, device.Uid),
        Text(Observation, ReportCodes.DeviceName, device.Model),
        Text(Observation, ReportCodes.DeviceManufacturer, device.Manufacturer),
        Text(Observation, ReportCodes.DeviceModel, device.Model),
        Text(Observation, ReportCodes.DeviceSerial, device.SerialNumber),
    ];

    /// <summary>CID 5000 and 5001; checkers compare these meanings, too.</summary>
    private static (Code Language, Code Country) LanguageCodes(DocumentLanguage language) =>
        language == DocumentLanguage.Chinese
            ? (new Code("zh-CN", "RFC5646", "Chinese (S)"), new Code("CN", "ISO3166_1", "China"))
            : (new Code("en-US", "RFC5646", "English (United States)"), new Code("US", "ISO3166_1", "United States"));
}
