using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Workflow;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>
/// Instance availability notification on the DICOM port (PS3.4 annex R): an archive says which images a study has, and
/// assembly expects them.
/// </summary>
public sealed class AvailabilityService(AnnouncementBook book) : IDimseService
{
    private const string SopClass = DicomUID.InstanceAvailabilityNotification;

    public void Offer(SupportedServices contexts, ServiceTable handlers)
    {
        contexts.With(SopClass, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian);
        handlers.On(CommandField.NCreateRequest, SopClass, CreateAsync);
    }

    private async Task<DimseResponse> CreateAsync(DimseOperation operation)
    {
        var given = operation.Request.SopInstanceUid;
        if (given.Length > 0 && !DicomUID.IsValid(given))
        {
            return new(DimseStatus.InvalidSopInstance("Affected SOP Instance UID"));
        }
        try
        {
            if (!AvailabilityNotice.TryRead(operation.DataSet ?? new DicomDataset(), out var notice, out var problem))
            {
                return new(problem);
            }
            var instance = given.Length > 0 ? given : DicomUID.FromSeed(Guid.NewGuid().ToString("N"));
            var sender = operation.Association.CallingAeTitle;
            var count = notice.Series.Sum(series => series.Images.Count);
            var isNew = await book.AddAsync(
                [new Announcement
                {
                    Kind = AnnouncementKind.Availability,
                    State = AnnouncementState.Completed,
                    SopInstanceUid = instance,
                    StudyUid = notice.StudyUid,
                    SenderAeTitle = sender,
                    Series = PerformedStepService.SeriesOf(notice.Series),
                    DataSet = [],
                }],
                $"{sender} says that it has {count} images in {notice.Series.Count} series of this study.",
                CancellationToken.None);
            return isNew ? DimseResponse.Success with { SopInstanceUid = instance } : new(DimseStatus.DuplicateSopInstance);
        }
        catch (DicomFormatException problem)
        {
            return new(DimseStatus.ProcessingFailure($"{problem.TagPath} {problem.Reason}".Trim()));
        }
    }
}
