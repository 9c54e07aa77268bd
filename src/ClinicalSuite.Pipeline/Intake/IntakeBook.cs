using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>Writes down what happens at the gate: in the log, in the custody timeline and in the audit trail.</summary>
public sealed class IntakeBook(
    StudyRegister register, CustodyTimeline custody, AuditTrail audit, LineAllowance allowance, ILogger<IntakeBook> log)
{
    /// <summary>Before the first object of an association, at once: its images may be registered before its row is written.</summary>
    internal void Announce(AssociationIdentity association) => register.Announce(association.Id, association.CallingAeTitle);

    /// <summary>Assembly waits for associations that are open.</summary>
    internal Task OpenedAsync(AssociationIdentity association) => WriteAsync(() => register.AssociationOpenedAsync(
        association.Id, association.CallingAeTitle, association.CalledAeTitle, association.Peer.ToString(),
        CancellationToken.None));

    /// <summary>An object was not kept. Neither <paramref name="reason"/> nor the line names the patient.</summary>
    internal async Task RefusedObjectAsync(StoreRequest request, DimseStatus status, string reason, bool onTimeline)
    {
        Log.ObjectRefused(log, request.SopInstanceUid, request.Association.CallingAeTitle,
            request.Association.Peer.ToString(), status.Code, reason);
        if (onTimeline)
        {
            await WriteAsync(() => custody.WriteAsync("", CustodyStage.Intake, CustodySeverity.Error,
                $"An object from {request.Association.CallingAeTitle} ({request.Association.Peer}) was refused "
                + $"with {status.Code:X4}H: SOP instance {request.SopInstanceUid}.",
                reason, status.IsTransientFailure ? "Make space on the data disk; the sender may send it again."
                    : "Look at the sender; it was told that the object is not kept."));
        }
    }

    /// <summary>An association that was announced ended without a report: by a stop of the host or a defect.</summary>
    internal Task CutOffAsync(AssociationIdentity association) =>
        WriteAsync(() => register.AssociationClosedAsync(association.Id, "lost", CancellationToken.None));

    /// <param name="opened">True if the association was announced by <see cref="OpenedAsync"/>.</param>
    internal async Task EndedAsync(AssociationReport report, bool opened)
    {
        var (identity, end) = (report.Identity, report.End);
        Log.AssociationEnded(log, identity.CallingAeTitle, identity.CalledAeTitle, identity.Peer.ToString(),
            end.Describe(), report.Stored, report.Refused);
        Telemetry.Associations.Add(1, Telemetry.Tag("end", end is AssociationEnd.Rejected ? "rejected" : Ending(end)));
        await WriteAsync(() => EndedAsync(identity, end, report, opened));
    }

    /// <summary>
    /// A full or failing disk does not break a connection: objects are answered by what the store says of them, and the log has the
    /// line that timeline and audit then lack.
    /// </summary>
    private async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception trouble) when (DeviceTrouble.Is(trouble))
        {
            Log.NotRecorded(log, trouble.GetBaseException().Message);
        }
    }

    private async Task EndedAsync(AssociationIdentity identity, AssociationEnd end, AssociationReport report, bool opened)
    {
        if (opened)
        {
            await register.AssociationClosedAsync(identity.Id, Ending(end), CancellationToken.None);
            await audit.WriteAsync(identity.CallingAeTitle, identity.Peer.ToString(), "receive", "",
                report.Refused == 0, $"{report.Stored} objects kept, {report.Refused} refused; {end.Describe()}",
                CancellationToken.None);
        }
        if (end is AssociationEnd.Rejected { Reject: var reject, Detail: var detail } && allowance.Take())
        {
            var cause = detail.Length > 0 ? detail : reject.Description;
            await custody.WriteAsync("", CustodyStage.Intake, CustodySeverity.Warning,
                $"An association from {identity.CallingAeTitle} ({identity.Peer}) to {identity.CalledAeTitle} "
                + "was refused.",
                cause, detail.Length > 0 ? "Set the AE titles of the certificate under tls.bindings." : Remedy(cause));
            await audit.WriteAsync(identity.CallingAeTitle, identity.Peer.ToString(), "refuse", identity.CalledAeTitle,
                false, cause, CancellationToken.None);
        }
        else if (end is AssociationEnd.AbortedHere { Reason: not AbortReason.NotSpecified } aborted && allowance.Take())
        {
            await custody.WriteAsync("", CustodyStage.Intake, CustodySeverity.Warning,
                $"A connection from {identity.Peer} broke the DICOM protocol and was aborted.", aborted.Problem,
                "Look at what connects from there.");
        }
    }

    private static string Remedy(string reason) => reason switch
    {
        "calling AE title not recognized" => "If it may send here, add it to the allow-list (--accept AET@HOST).",
        "called AE title not recognized" => "Set our AE title at the sender, or --aet here.",
        "local limit exceeded" => "It may come again later; look for connections that are never closed.",
        _ => "Look at the sender's settings.",
    };

    private static string Ending(AssociationEnd end) => end switch
    {
        AssociationEnd.Released => Store.Association.Released,
        AssociationEnd.AbortedByPeer or AssociationEnd.AbortedHere => "aborted",
        _ => "lost",
    };
}
