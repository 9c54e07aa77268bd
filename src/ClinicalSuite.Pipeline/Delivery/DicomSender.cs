using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>Sends the objects of one run to one PACS, all on one association.</summary>
internal sealed class DicomSender(DeliverySettings settings, StoreFolder folder)
{
    private const string LookAtPacs = "Let the PACS accept us (AE title, address, SOP class), then send it again.";

    /// <summary>Tries each; every delivery gets exactly one outcome, as soon as it is known.</summary>
    public async Task SendAsync(
        DicomDestination destination, IReadOnlyList<Store.Delivery> deliveries,
        Func<Store.Delivery, DeliveryOutcome, Task> settle, CancellationToken cancellation)
    {
        var ready = new List<(Store.Delivery Delivery, StorageObject Object)>();
        foreach (var delivery in deliveries)
        {
            if (Read(delivery, out var item) is { } problem)
            {
                await settle(delivery, problem);
            }
            else
            {
                ready.Add((delivery, item!));
            }
        }
        if (ready.Count == 0)
        {
            return;
        }
        var opening = await DicomClient.OpenAsync(
            new DicomPeer(destination.AeTitle, destination.Host, destination.Port),
            ContextProposal.For(ready.Select(pair => pair.Object)),
            destination.Tls ? settings.Client with { Tls = settings.Tls!.To(destination.Host) } : settings.Client, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            var outcome = OutcomeOf(((AssociationOpening.Failed)opening).End);
            foreach (var (delivery, _) in ready)
            {
                await settle(delivery, outcome);
            }
            return;
        }
        await using (client)
        {
            foreach (var (delivery, item) in ready)
            {
                await settle(delivery, OutcomeOf(await client.StoreAsync(item)));
            }
        }
    }

    private DeliveryOutcome.Refused? Read(Store.Delivery delivery, out StorageObject? item)
    {
        item = null;
        try
        {
            item = StorageObject.Read(folder.Absolute(delivery.Evidence!.Path));
            return null;
        }
        catch (Exception e) when (e is DicomFormatException or IOException or UnauthorizedAccessException)
        {
            return new("the object cannot be read from the store: " + e.Message,
                "Check the data disk; run the analysis again.");
        }
    }

    private static DeliveryOutcome OutcomeOf(SendOutcome sent) => sent switch
    {
        SendOutcome.Answered { Status: var status } => OutcomeOf(status),
        SendOutcome.NoContext problem => new DeliveryOutcome.Refused(
            $"the PACS does not take this kind of object: {problem.Problem}", LookAtPacs),
        SendOutcome.Lost { End: var end } => new DeliveryOutcome.Later($"the association was {end.Describe()}"),
        _ => throw new InvalidOperationException("unknown outcome"),
    };

    private static DeliveryOutcome OutcomeOf(DimseStatus status)
    {
        if (status.IsSuccess || status.IsWarning)
        {
            return new DeliveryOutcome.Delivered(Answer("C-STORE", status));
        }
        // 0111H duplicate SOP instance: the PACS has it from an attempt whose answer was lost. The UID names one object
        // only, so that this is success.
        if (status.Code == 0x0111)
        {
            return new DeliveryOutcome.Delivered(Answer("C-STORE", status, ", already there"));
        }
        return status.IsTransientFailure
            ? new DeliveryOutcome.Later(Answer("the PACS answered", status, ", out of resources"))
            : new DeliveryOutcome.Refused(Answer("the PACS answered", status), "Look at the log of the PACS.");
    }

    /// <summary>The error comment (0000,0902) is the peer's free text.</summary>
    private static PeerAnswer Answer(string what, DimseStatus status, string more = "") =>
        new($"{what} {status.Code:X4}H{more}", new Phi<string>(status.Comment ?? ""));

    /// <summary>A permanent refusal stops: repeating it for ever helps nobody and fills the log of the PACS.</summary>
    private static DeliveryOutcome OutcomeOf(AssociationEnd end) =>
        end is AssociationEnd.Rejected { Reject.IsTransient: false }
            ? new DeliveryOutcome.Refused($"the association was {end.Describe()}", LookAtPacs)
            : new DeliveryOutcome.Later($"no association: {end.Describe()}");
}
