using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>Sends one DIMSE-N request on an association of its own.</summary>
internal sealed class NotificationSender(WorkflowSettings settings, OutgoingTls? tls)
{
    private const string LookAtPeer = "Let it accept us (AE title, address, SOP class), or take it out of the settings.";

    /// <summary>What a notification is, in words for the timeline.</summary>
    public static string Name(NotificationKind kind) => kind switch
    {
        NotificationKind.CommitmentReport => "the report on its storage commitment",
        NotificationKind.Availability => "the notification that the results are available",
        NotificationKind.StepCreated => "the beginning of the analysis as a performed procedure step",
        NotificationKind.StepEnded => "the end of the analysis as a performed procedure step",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public async Task<NotificationAnswer> SendAsync(Notification notification, CancellationToken cancellation)
    {
        if (settings.PeerOf(notification.Destination) is not { } peer)
        {
            return new(IsDone: false, MayPass: true, "nothing says where this AE title is",
                "Add it to the settings: destinations AET@HOST:PORT.");
        }
        var request = RequestOf(notification);
        // The reporter of a storage commitment is its provider though it opens the association (PS3.4 J.3.3).
        var options = notification.Kind == NotificationKind.CommitmentReport
            ? settings.Client with { Roles = [new(request.SopClassUid, IsUser: false, IsProvider: true)] }
            : settings.Client;
        options = options with { Tls = peer.Tls ? tls!.To(peer.Host) : null };
        var opening = await DicomClient.OpenAsync(
            new DicomPeer(peer.AeTitle, peer.Host, peer.Port),
            [ContextOf(notification.Kind)],
            options,
            cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            var end = ((AssociationOpening.Failed)opening).End;
            return new(IsDone: false, end is not AssociationEnd.Rejected { Reject.IsTransient: false },
                $"no association: {end.Describe()}", LookAtPeer);
        }
        await using (client)
        {
            return AnswerOf(notification.Kind, await client.RequestAsync(request));
        }
    }

    /// <summary>What is proposed for it.</summary>
    public static ProposedContext ContextOf(NotificationKind kind) =>
        new(1, ServiceOf(kind).SopClassUid, [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian]);

    private static NServiceRequest RequestOf(Notification notification)
    {
        var dataset = DatasetBytes.Read(notification.DataSet);
        var instance = notification.SopInstanceUid;
        var (field, sopClass) = ServiceOf(notification.Kind);
        return notification.Kind == NotificationKind.CommitmentReport
            ? new(field, sopClass, instance, dataset, (ushort)notification.EventType)
            : new(field, sopClass, instance, dataset);
    }

    /// <summary>The request that a notification is.</summary>
    public static (CommandField Request, string SopClassUid) ServiceOf(NotificationKind kind) => kind switch
    {
        NotificationKind.CommitmentReport => (CommandField.EventReportRequest, CommitmentService.SopClass),
        NotificationKind.Availability => (CommandField.NCreateRequest, DicomUID.InstanceAvailabilityNotification),
        NotificationKind.StepCreated => (CommandField.NCreateRequest, DicomUID.ModalityPerformedProcedureStep),
        NotificationKind.StepEnded => (CommandField.NSetRequest, DicomUID.ModalityPerformedProcedureStep),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static NotificationAnswer AnswerOf(NotificationKind kind, SendOutcome sent) => sent switch
    {
        SendOutcome.Answered { Status: { IsSuccess: true } or { IsWarning: true } } => new(IsDone: true),
        // Created by an attempt whose answer was lost: the UID names this one thing only.
        SendOutcome.Answered { Status.Code: 0x0111 } when kind != NotificationKind.StepEnded => new(IsDone: true),
        SendOutcome.Answered { Status: var status } => new(
            IsDone: false, status.IsTransientFailure || status.Code == 0x0213, $"it answered {status.Code:X4}H", LookAtPeer),
        SendOutcome.NoContext { Problem: var problem } => new(IsDone: false, MayPass: false, problem, LookAtPeer),
        SendOutcome.Lost { End: var end } => new(IsDone: false, MayPass: true, $"the association was {end.Describe()}", LookAtPeer),
        _ => throw new InvalidOperationException("unknown outcome"),
    };
}
