using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Workflow;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>
/// Modality performed procedure step on the DICOM port (PS3.4 F.7): what a scanner says that it acquires is kept, and its
/// end tells assembly which images to expect.
/// </summary>
public sealed class PerformedStepService(AnnouncementBook book) : IDimseService
{
    private const string SopClass = DicomUID.ModalityPerformedProcedureStep;

    public void Offer(SupportedServices contexts, ServiceTable handlers)
    {
        contexts.With(SopClass, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian);
        handlers.On(CommandField.NCreateRequest, SopClass, operation => AnswerAsync(operation, CreateAsync));
        handlers.On(CommandField.NSetRequest, SopClass, operation => AnswerAsync(operation, SetAsync));
    }

    private static async Task<DimseResponse> AnswerAsync(
        DimseOperation operation, Func<DimseOperation, DicomDataset, Task<DimseResponse>> answer)
    {
        try
        {
            return await answer(operation, operation.DataSet ?? new DicomDataset());
        }
        catch (DicomFormatException problem)
        {
            return new(DimseStatus.ProcessingFailure($"{problem.TagPath} {problem.Reason}".Trim()));
        }
    }

    private async Task<DimseResponse> CreateAsync(DimseOperation operation, DicomDataset created)
    {
        var judgement = PerformedStep.JudgeCreation(created);
        if (!judgement.IsSuccess)
        {
            return new(judgement);
        }
        var given = operation.Request.SopInstanceUid;
        if (given.Length > 0 && !DicomUID.IsValid(given))
        {
            return new(DimseStatus.InvalidSopInstance("Affected SOP Instance UID"));
        }
        var instance = given.Length > 0 ? given : DicomUID.FromSeed(Guid.NewGuid().ToString("N"));
        var step = PerformedStep.Read(created);
        var sender = operation.Association.CallingAeTitle;
        var bytes = DatasetBytes.Of(created);
        var rows = step.StudyUids.Select(study => new Announcement
        {
            Kind = AnnouncementKind.PerformedStep,
            State = AnnouncementState.InProgress,
            SopInstanceUid = instance,
            StudyUid = study,
            SenderAeTitle = sender,
            Series = SeriesOf(step.Series),
            DataSet = bytes,
        });
        return await book.AddAsync([.. rows], $"{sender} has begun a procedure step.", CancellationToken.None)
            ? DimseResponse.Success with { SopInstanceUid = instance }
            : new(DimseStatus.DuplicateSopInstance);
    }

    private async Task<DimseResponse> SetAsync(DimseOperation operation, DicomDataset changes)
    {
        var instance = operation.Request.SopInstanceUid;
        var known = await book.StepAsync(instance, CancellationToken.None);
        if (known.Count == 0)
        {
            return new(DimseStatus.NoSuchSopInstance("no such performed procedure step"));
        }
        var attributes = DatasetBytes.Read(known[0].DataSet);
        var applied = PerformedStep.Apply(attributes, changes);
        if (!applied.IsSuccess && !applied.IsWarning)
        {
            return new(applied);
        }
        var step = PerformedStep.Read(attributes);
        return await book.ChangeStepAsync(
            instance, StateOf(step.Status), SeriesOf(step.Series), DatasetBytes.Of(attributes),
            Told(known[0].SenderAeTitle, step), CancellationToken.None)
            ? new(applied)
            : new(DimseStatus.StepHasEnded);
    }

    private static string Told(string sender, PerformedStep step)
    {
        var counts = $"{step.Series.Sum(s => s.Images.Count)} images in {step.Series.Count} series";
        return step.Status switch
        {
            PerformedStepStatus.Completed => $"{sender} has completed its procedure step: {counts}.",
            PerformedStepStatus.Discontinued => $"{sender} has discontinued its procedure step: {counts}.",
            _ => "",
        };
    }

    internal static IReadOnlyList<AnnouncedSeries> SeriesOf(IReadOnlyList<ReferencedSeries> series) =>
        [.. series.Select(s => new AnnouncedSeries(s.SeriesUid, [.. s.Images.Select(image => image.SopInstanceUid)]))];

    private static AnnouncementState StateOf(PerformedStepStatus status) => status switch
    {
        PerformedStepStatus.Completed => AnnouncementState.Completed,
        PerformedStepStatus.Discontinued => AnnouncementState.Discontinued,
        _ => AnnouncementState.InProgress,
    };
}
