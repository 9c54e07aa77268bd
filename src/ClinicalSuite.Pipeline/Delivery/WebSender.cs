using System.Globalization;
using System.Security.Cryptography;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>
/// Sends the objects of one run to one DICOMweb service in one STOW-RS request, and reads back by QIDO-RS what it says it
/// keeps. Sending an object again is harmless: it is the same under the same UID.
/// </summary>
internal sealed class WebSender(StoreFolder folder)
{
    private const string LookAtService = "Look at the settings of the service and at its log, then send it again.";

    /// <summary>Tries each; every delivery gets exactly one outcome.</summary>
    public async Task SendAsync(
        WebDestination destination, IReadOnlyList<Store.Delivery> deliveries,
        Func<Store.Delivery, DeliveryOutcome, Task> settle, CancellationToken cancellation)
    {
        var ready = new List<(Store.Delivery Delivery, StorageObject Object)>();
        foreach (var delivery in deliveries)
        {
            try
            {
                ready.Add((delivery, StorageObject.Read(folder.Absolute(delivery.Evidence!.Path))));
            }
            catch (Exception e) when (e is DicomFormatException or IOException or UnauthorizedAccessException)
            {
                await settle(delivery, new DeliveryOutcome.Refused(
                    "the object cannot be read from the store: " + e.Message, "Check the data disk; run the analysis again."));
            }
        }

        if (ready.Count == 0)
        {
            return;
        }

        foreach (var (delivery, outcome) in await SendAsync(destination, ready, cancellation))
        {
            await settle(delivery, outcome);
        }
    }

    private async Task<IReadOnlyList<(Store.Delivery, DeliveryOutcome)>> SendAsync(
        WebDestination destination, List<(Store.Delivery Delivery, StorageObject Object)> ready, CancellationToken cancellation)
    {
        DicomWebClient client;
        try
        {
            client = new DicomWebClient(new DicomWebClientOptions
            {
                Root = destination.Root,
                Authorization = destination.Authorization,
                AuthoritiesFile = destination.AuthoritiesFile,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var refused = new DeliveryOutcome.Refused(
                "the file of authorities cannot be read: " + e.Message, "Correct authorities in the settings file.");
            return All(ready, refused);
        }

        using (client)
        {
            var files = ready.Select(pair => folder.Absolute(pair.Delivery.Evidence!.Path));
            return await client.StoreAsync([.. files], cancellation) switch
            {
                WebAnswer<IReadOnlyList<StoredReference>>.Given given =>
                    await ReadBackAsync(client, destination, ready, given.Value, cancellation),
                WebAnswer<IReadOnlyList<StoredReference>>.Refused refused => All(ready, OutcomeOf(
                    "STOW-RS", (int)refused.Status, refused.Said, refused.IsTransient)),
                WebAnswer<IReadOnlyList<StoredReference>>.Lost lost => All(ready, new DeliveryOutcome.Later(lost.Cause)),
                _ => throw new InvalidOperationException("unknown answer"),
            };
        }
    }

    private static async Task<IReadOnlyList<(Store.Delivery, DeliveryOutcome)>> ReadBackAsync(
        DicomWebClient client, WebDestination destination, List<(Store.Delivery Delivery, StorageObject Object)> ready,
        IReadOnlyList<StoredReference> references, CancellationToken cancellation)
    {
        var said = references.ToLookup(reference => reference.SopInstanceUid);
        // The status was success, but a service that names nothing at all need not have taken anything: only a search tells.
        var isSilent = references.Count == 0 && destination.IsReadBack;
        var outcomes = ready.Select(pair => (
            pair.Delivery, Outcome: OutcomeOf(said[pair.Object.SopInstanceUid].FirstOrDefault(), isSilent))).ToList();
        var kept = outcomes.Where(pair => pair.Outcome is DeliveryOutcome.Delivered).Select(pair => pair.Delivery).ToList();
        if (!destination.IsReadBack || kept.Count == 0)
        {
            return outcomes;
        }

        var answer = await client.FindInstancesAsync(
            kept[0].StudyUid, [.. kept.Select(delivery => delivery.Evidence!.SopInstanceUid)], cancellation);
        return [.. outcomes.Select(pair => pair.Outcome is DeliveryOutcome.Delivered done
            ? (pair.Delivery, Proved(done, pair.Delivery.Evidence!.SopInstanceUid, answer))
            : pair)];
    }

    private static DeliveryOutcome OutcomeOf(StoredReference? reference, bool isSilent) => reference switch
    {
        null when !isSilent => new DeliveryOutcome.Later("the answer to STOW-RS does not name the object"),
        { FailureReason: { } reason } => reason is >= 0xA700 and <= 0xA7FF
            ? new DeliveryOutcome.Later($"STOW-RS: {Reason(reason)}: out of resources")
            : new DeliveryOutcome.Refused(
                new PeerAnswer($"STOW-RS: {Reason(reason)}", new Phi<string>(reference.Comment)), LookAtService),
        { WarningReason: { } warning } => new DeliveryOutcome.Delivered($"STOW-RS, warning {Reason(warning)}", DeliveryProof.NotAsked),
        _ => new DeliveryOutcome.Delivered("STOW-RS", DeliveryProof.NotAsked),
    };

    private static DeliveryOutcome Proved(
        DeliveryOutcome.Delivered done, string sopInstanceUid, WebAnswer<IReadOnlySet<string>> answer) => answer switch
        {
            WebAnswer<IReadOnlySet<string>>.Given found => found.Value.Contains(sopInstanceUid)
                ? new DeliveryOutcome.Delivered($"{done.Acknowledgement.Text}, found by QIDO-RS", DeliveryProof.Qido)
                : new DeliveryOutcome.Later("the service said that it keeps the object, but QIDO-RS does not find it"),
            WebAnswer<IReadOnlySet<string>>.Refused refused => OutcomeOf(
                "QIDO-RS", (int)refused.Status, refused.Said, refused.IsTransient),
            WebAnswer<IReadOnlySet<string>>.Lost lost => new DeliveryOutcome.Later("QIDO-RS: " + lost.Cause),
            _ => throw new InvalidOperationException("unknown answer"),
        };

    private static DeliveryOutcome OutcomeOf(string service, int status, string said, bool isTransient)
    {
        var cause = new PeerAnswer($"{service}: HTTP {status}", new Phi<string>(said));
        return isTransient ? new DeliveryOutcome.Later(cause) : new DeliveryOutcome.Refused(cause, status switch
        {
            401 or 403 => "Give the service's token or password in the settings file, then send it again.",
            404 => "Correct the address of the service, or set readBack to false where it has no QIDO-RS; then send it again.",
            _ => LookAtService,
        });
    }

    private static IReadOnlyList<(Store.Delivery, DeliveryOutcome)> All(
        List<(Store.Delivery Delivery, StorageObject Object)> ready, DeliveryOutcome outcome) =>
        [.. ready.Select(pair => (pair.Delivery, outcome))];

    private static string Reason(int reason) => reason.ToString("X4", CultureInfo.InvariantCulture) + "H";
}
