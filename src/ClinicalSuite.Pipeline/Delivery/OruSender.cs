using ClinicalSuite.Hl7;
using ClinicalSuite.Hl7.Mllp;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>Sends one ORU^R01 to one RIS. The bytes are those made by the run: a repeat is the same message.</summary>
internal sealed class OruSender(DeliverySettings settings, StoreFolder folder, TimeProvider time)
{
    private const string LookAtRis = "Look at the log of the RIS, then send it again.";

    public async Task<DeliveryOutcome> SendAsync(
        MllpDestination destination, Store.Delivery delivery, CancellationToken cancellation)
    {
        // Rows of such studies are held when they are made; this is the last gate before the patient's record.
        if (delivery.Evidence?.Run?.Study is not { } study || !LeavingRule.MayLeave(study.IdentityTrust, settings.Unidentified))
        {
            return new DeliveryOutcome.Held();
        }
        byte[] message;
        string controlId;
        try
        {
            message = await File.ReadAllBytesAsync(folder.Absolute(delivery.Evidence!.Path), cancellation);
            controlId = Hl7Message.Parse(message).ControlId;
        }
        catch (Exception e) when (e is Hl7FormatException or IOException or UnauthorizedAccessException)
        {
            return new DeliveryOutcome.Refused("the message cannot be read from the store: " + e.Message,
                "Check the data disk; run the analysis again.");
        }
        var client = new MllpClient(destination.Host, destination.Port, time)
        {
            Tls = destination.Tls ? settings.Tls!.To(destination.Host) : null,
        };
        return OutcomeOf(await client.SendAsync(message, controlId, settings.Acknowledgement, cancellation), controlId);
    }

    private static DeliveryOutcome OutcomeOf(MllpOutcome sent, string controlId) => sent switch
    {
        MllpOutcome.Accepted { Text: var text } =>
            new DeliveryOutcome.Delivered(new PeerAnswer($"MSA|AA|{controlId}", new Phi<string>(text))),
        MllpOutcome.Error { Text: var text } =>
            new DeliveryOutcome.Refused(new PeerAnswer("the RIS answered AE", new Phi<string>(text)), LookAtRis),
        MllpOutcome.Rejected { Text: var text } =>
            new DeliveryOutcome.Refused(new PeerAnswer("the RIS answered AR", new Phi<string>(text)), LookAtRis),
        MllpOutcome.Timeout { After: var after } =>
            new DeliveryOutcome.Later($"no acknowledgement within {after.TotalSeconds:0.###} s"),
        MllpOutcome.ConnectionFailed { Reason: var reason } => new DeliveryOutcome.Later(reason),
        MllpOutcome.WrongControlId wrong => new DeliveryOutcome.Later(
            new PeerAnswer($"acknowledgement of another message than {wrong.Expected}", new Phi<string>(wrong.Received))),
        MllpOutcome.UnreadableAnswer { Reason: var reason } =>
            new DeliveryOutcome.Later("no acknowledgement could be read: " + reason),
        _ => throw new InvalidOperationException("unknown outcome"),
    };
}
