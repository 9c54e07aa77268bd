namespace ClinicalSuite.Dicom.Network.Workflow;

/// <summary>What a modality performed procedure step says (PS3.4 table F.7.2-1), as far as it is of use here.</summary>
/// <param name="StudyUids">One, or several where one acquisition serves a group of requests.</param>
/// <param name="Series">Series with their images; not known before the step has ended.</param>
public sealed record PerformedStep(
    PerformedStepStatus Status, IReadOnlyList<string> StudyUids, string StationAeTitle, string Modality,
    IReadOnlyList<ReferencedSeries> Series)
{
    /// <summary>Attributes that N-SET may not change (PS3.4 table F.7.2-1: "Not allowed").</summary>
    private static readonly DicomTag[] Fixed =
    [
        DicomTag.SpecificCharacterSet, DicomTag.Modality, DicomTag.ReferencedPatientSequence, DicomTag.PatientName,
        DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyID,
        DicomTag.PerformedStationAETitle, DicomTag.PerformedStationName, DicomTag.PerformedLocation,
        DicomTag.PerformedProcedureStepStartDate, DicomTag.PerformedProcedureStepStartTime,
        DicomTag.PerformedProcedureStepID, DicomTag.ScheduledStepAttributesSequence,
    ];

    /// <summary>
    /// Judges the attributes of N-CREATE. Refused is only what makes the step useless: devices leave out much that the
    /// standard asks for.
    /// </summary>
    /// <returns>Success, or the status to answer.</returns>
    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static DimseStatus JudgeCreation(DicomDataset created)
    {
        var status = created.GetStringOrEmpty(DicomTag.PerformedProcedureStepStatus);
        if (status.Length == 0)
        {
            return DimseStatus.MissingAttribute("Performed Procedure Step Status (0040,0252)");
        }
        if (StatusOf(status) != PerformedStepStatus.InProgress)
        {
            return DimseStatus.InvalidAttributeValue("a step is created IN PROGRESS (0040,0252)");
        }
        return Studies(created).Count == 0
            ? DimseStatus.MissingAttribute("Study Instance UID in (0040,0270)")
            : DimseStatus.Success;
    }

    /// <summary>Takes the attributes of N-SET over into the step; nothing is changed unless success or warning.</summary>
    /// <returns>
    /// Success; 0107H where attributes that may not change were left as they are; or the failure to answer: 0110H where
    /// the step has ended (PS3.4 F.7.2.2.2, error A710).
    /// </returns>
    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static DimseStatus Apply(DicomDataset step, DicomDataset changes)
    {
        if (StatusOf(step.GetStringOrEmpty(DicomTag.PerformedProcedureStepStatus)) != PerformedStepStatus.InProgress)
        {
            return DimseStatus.StepHasEnded;
        }
        if (changes.TryGetString(DicomTag.PerformedProcedureStepStatus, out var status) && StatusOf(status) is null)
        {
            return DimseStatus.InvalidAttributeValue("Performed Procedure Step Status (0040,0252)");
        }
        _ = Read(changes); // throws here, before anything is changed
        var refused = false;
        foreach (var element in changes)
        {
            if (Fixed.Contains(element.Tag))
            {
                refused |= element.Tag != DicomTag.SpecificCharacterSet;
            }
            else
            {
                step.AddOrUpdate(element);
            }
        }
        return refused ? DimseStatus.AttributeListError : DimseStatus.Success;
    }

    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static PerformedStep Read(DicomDataset step) => new(
        StatusOf(step.GetStringOrEmpty(DicomTag.PerformedProcedureStepStatus)) ?? PerformedStepStatus.InProgress,
        Studies(step),
        step.GetStringOrEmpty(DicomTag.PerformedStationAETitle),
        step.GetStringOrEmpty(DicomTag.Modality),
        [.. step.GetSequence(DicomTag.PerformedSeriesSequence)
            .Select(series => new ReferencedSeries(
                series.GetStringOrEmpty(DicomTag.SeriesInstanceUID),
                [.. series.GetSequence(DicomTag.ReferencedImageSequence)
                    .Select(SopReference.Of).OfType<SopReference>()]))
            .Where(series => Uid.IsWellFormed(series.SeriesUid))]);

    /// <summary>The defined term; null for any other text.</summary>
    public static PerformedStepStatus? StatusOf(string text) => text switch
    {
        "IN PROGRESS" => PerformedStepStatus.InProgress,
        "COMPLETED" => PerformedStepStatus.Completed,
        "DISCONTINUED" => PerformedStepStatus.Discontinued,
        _ => null,
    };

    private static IReadOnlyList<string> Studies(DicomDataset step) =>
        [.. step.GetSequence(DicomTag.ScheduledStepAttributesSequence)
            .Select(scheduled => scheduled.GetStringOrEmpty(DicomTag.StudyInstanceUID))
            .Where(Uid.IsWellFormed).Distinct()];
}
