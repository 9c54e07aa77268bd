using System.Buffers;
using System.IO.Pipelines;
using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// One association over one transport connection: the protocol machine of PS3.8 9.2 for either side. Nothing else sends
/// PDUs. One flow of control reads and one writes; mostly they are the same: a message is read, answered, then the next
/// is read. Where they are two (<see cref="ReaderIsElsewhere"/>), the reader alone finds out how the association ends.
/// </summary>
public sealed partial class Association : IDisposable
{
    /// <summary>
    /// A peer that takes shorter P-DATA-TF bodies than this is refused: no command set fits sensibly.
    /// </summary>
    internal const int SmallestPduLength = 128;

    private readonly AssociationLimits limits;
    private readonly TimeProvider time;
    private readonly PduReader reader;
    private readonly PduWriter writer;
    private readonly Watchdog watchdog;
    private readonly Watchdog writeWatchdog;
    private readonly SemaphoreSlim sending = new(1);
    private readonly Lock gate = new();
    private readonly Action interruptRead;
    private readonly CancellationTokenRegistration closingRegistration;
    private readonly Dictionary<byte, PresentationContext> contexts = [];
    private readonly bool isRequestor;
    private volatile bool closing;
    private AssociationEnd? end;
    private uint peerMaximumLength;

    /// <param name="closing">Asks the association to end soon: it is aborted cleanly at its next read.</param>
    public Association(
        IDuplexPipe transport, bool isRequestor, AssociationLimits limits, TimeProvider time, CancellationToken closing)
    {
        this.limits = limits;
        this.isRequestor = isRequestor;
        reader = new PduReader(transport.Input, limits);
        writer = new PduWriter(transport.Output);
        interruptRead = transport.Input.CancelPendingRead;
        this.time = time;
        watchdog = new Watchdog(time, interruptRead);
        writeWatchdog = new Watchdog(time, transport.Output.CancelPendingFlush);
        closingRegistration = closing.Register(() =>
        {
            this.closing = true;
            transport.Input.CancelPendingRead();
        });
    }

    public AssociationState State { get; private set; } = AssociationState.Idle;

    /// <summary>The request, once received or sent.</summary>
    public AssociateRequest? Request { get; private set; }

    /// <summary>How it ended; null while it lives.</summary>
    public AssociationEnd? End => Volatile.Read(ref end);

    internal AssociationLimits Limits => limits;

    public IReadOnlyCollection<PresentationContext> Contexts => contexts.Values;

    /// <summary>What both sides agreed on by extended negotiation, by SOP class.</summary>
    public IReadOnlyList<ExtendedNegotiation> Extended { get; private set; } = [];

    /// <summary>How many requests may be unanswered, and how many taken, from the requestor's point of view.</summary>
    public OperationsWindow Window { get; private set; } = OperationsWindow.Synchronous;

    /// <summary>
    /// True while another flow reads: a write that fails then leaves it to the reader to find the cause.
    /// </summary>
    internal bool ReaderIsElsewhere { get; set; }

    /// <summary>The acceptor's part of the establishment (PS3.8 9.2, states 1 to 6).</summary>
    /// <returns>True if the association stands; otherwise <see cref="End"/> says what happened.</returns>
    public async ValueTask<bool> AcceptAsync(IAssociationPolicy policy, AssociationPeer peer)
    {
        Take(AssociationEvent.TransportIndicated);
        if (await ReceiveAsync(limits.Artim).ConfigureAwait(false) != AssociationAction.Decide)
        {
            return false;
        }
        switch (Decide(policy, Request!, peer))
        {
            case AssociationDecision.Accept accept:
                var results = Request!.Contexts.Select(accept.Services.Negotiate).ToList();
                var answer = AnswerTo(Request.UserInformation, accept);
                Agree(Request, results, answer, Request.UserInformation.MaximumLength);
                Take(AssociationEvent.AcceptDecided);
                return await SendAsync(new AssociateAccept(
                    Request.CalledAeTitle, Request.CallingAeTitle, results, answer)).ConfigureAwait(false);
            case AssociationDecision.Reject reject:
                var refusal = new AssociateReject(reject.Result, reject.Source, reject.Reason);
                Take(AssociationEvent.RejectDecided);
                await SendAsync(refusal).ConfigureAwait(false);
                EndBy(new AssociationEnd.Rejected(refusal, reject.Detail));
                return false;
            default:
                throw new InvalidOperationException("an association decision is Accept or Reject");
        }
    }

    /// <summary>The requestor's part of the establishment.</summary>
    /// <returns>True if the association stands; otherwise <see cref="End"/> says what happened.</returns>
    public async ValueTask<bool> RequestAsync(AssociateRequest request)
    {
        Request = request;
        Take(AssociationEvent.AssociateRequested);
        Take(AssociationEvent.TransportConfirmed);
        return await SendAsync(request).ConfigureAwait(false)
            && await ReceiveAsync(limits.Artim).ConfigureAwait(false) == AssociationAction.ConfirmAccept;
    }

    /// <summary>Waits between messages until the peer says something; the association stands whatever comes.</summary>
    /// <returns>False if nothing came in time.</returns>
    internal async ValueTask<bool> IsHeardAsync(TimeSpan limit)
    {
        watchdog.Start(limit);
        var heard = false;
        while (!heard && !watchdog.Expired && !closing && End is null)
        {
            heard = !fragments.IsEmpty || await reader.WaitAsync().ConfigureAwait(false);
        }
        watchdog.Stop();
        return heard || closing || End is not null;
    }

    /// <summary>A-RELEASE from this side (states 6, 7, 9 to 12). P-DATA that still comes is dropped.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (State != AssociationState.Established)
        {
            return;
        }
        Take(AssociationEvent.ReleaseRequested);
        if (!await SendAsync(new ReleaseRequest()).ConfigureAwait(false))
        {
            return;
        }
        while (End is null)
        {
            await ReceiveAsync(limits.Artim).ConfigureAwait(false);
        }
    }

    /// <summary>A-ABORT by the user of this side; without effect on an association that has ended.</summary>
    public ValueTask AbortAsync(string problem) =>
        AbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified, problem);

    /// <summary>
    /// Waits in state 13 until the peer closes, for at most the ARTIM time. What still comes is not even read as PDUs:
    /// a side that has refused or aborted says nothing more.
    /// </summary>
    public async ValueTask CloseAsync()
    {
        if (State is AssociationState.Established)
        {
            await AbortAsync("left without release").ConfigureAwait(false);
        }
        if (State != AssociationState.AwaitingTransportClose || closing)
        {
            return;
        }
        watchdog.Start(limits.Close);
        await reader.DiscardAsync().ConfigureAwait(false);
        Take(watchdog.Expired ? AssociationEvent.ArtimExpired : AssociationEvent.TransportClosed);
        watchdog.Stop();
    }

    public void Dispose()
    {
        closingRegistration.Dispose();
        watchdog.Dispose();
        writeWatchdog.Dispose();
        sending.Dispose();
    }

    /// <summary>Gives a read that waits for the next message a new limit from now on.</summary>
    internal void LimitRead(TimeSpan limit) => watchdog.Start(limit);

    /// <summary>Ends a pending read of an association that has ended.</summary>
    internal void InterruptRead() => interruptRead();

    private static AssociationDecision Decide(IAssociationPolicy policy, AssociateRequest request, AssociationPeer peer)
    {
        // PS3.8 9.3.2: bit 0 is version 1; other bits may be set by a peer that knows later versions too.
        if ((request.ProtocolVersion & 1) == 0)
        {
            return AssociationDecision.Reject.ProtocolVersionNotSupported;
        }
        return request.ApplicationContext == AssociateRequest.DicomApplicationContext
            ? policy.Decide(request, peer)
            : AssociationDecision.Reject.ApplicationContextNotSupported;
    }

    /// <summary>
    /// Our part of the negotiation. Operations are performed in turn; those that wait save their sender the way of each answer.
    /// </summary>
    private UserInformation AnswerTo(UserInformation proposed, AssociationDecision.Accept accept) =>
        UserInformation.Own(limits.MaximumPduLength) with
        {
            Window = proposed.Window?.Within(OperationsWindow.Granted.Invoked, OperationsWindow.Granted.Performed),
            Roles = [.. proposed.Roles.Select(accept.Services.Negotiate)],
            Extended = [.. proposed.Extended.Select(accept.Services.Negotiate).OfType<ExtendedNegotiation>()],
            IdentityResponse = accept.ConfirmsIdentity && proposed.Identity is { AsksForResponse: true }
                ? ReadOnlyMemory<byte>.Empty
                : null,
        };

    /// <param name="answer">The acceptor's user information, which holds what was agreed.</param>
    private void Agree(
        AssociateRequest request, IEnumerable<ContextResult> results, UserInformation answer, uint maximumLength)
    {
        peerMaximumLength = maximumLength;
        Extended = answer.Extended;
        Window = answer.Window ?? OperationsWindow.Synchronous;
        var proposed = request.Contexts.ToDictionary(context => context.Id);
        foreach (var result in results)
        {
            if (result.Outcome == ContextOutcome.Acceptance && proposed.TryGetValue(result.Id, out var context))
            {
                var role = answer.Roles.LastOrDefault(r => r.SopClassUid == context.AbstractSyntax);
                contexts[result.Id] = new(result.Id, context.AbstractSyntax, result.TransferSyntax)
                {
                    RequestorIsUser = role?.IsUser ?? true,
                    RequestorIsProvider = role?.IsProvider ?? false,
                };
            }
        }
    }

    /// <summary>Lets the machine take an event; where table 9-10 is empty, the local program is wrong.</summary>
    private AssociationAction Take(AssociationEvent what)
    {
        lock (gate)
        {
            var (action, next) = UpperLayer.Next(State, what, isRequestor)
                ?? throw new InvalidOperationException($"event {(int)what} ({what}) in state {(int)State} ({State})");
            State = next;
            return action;
        }
    }

    /// <summary>The first end counts.</summary>
    private void EndBy(AssociationEnd how) => Interlocked.CompareExchange(ref end, how, null);

    /// <summary>Waits for the next PDU, lets the machine take it, and does what the machine says.</summary>
    private async ValueTask<AssociationAction> ReceiveAsync(TimeSpan limit)
    {
        while (true)
        {
            watchdog.Start(limit);
            var frame = closing
                ? new PduFrame(PduFrameKind.Interrupted)
                : await reader.ReadAsync().ConfigureAwait(false);
            var expired = watchdog.Expired;
            watchdog.Stop();
            switch (frame.Kind)
            {
                case PduFrameKind.Whole:
                    return await TakePduAsync(frame).ConfigureAwait(false);
                case PduFrameKind.Invalid:
                    return frame.Foreign == ForeignProtocol.None || State is not (AssociationState.AwaitingAssociateRequest
                            or AssociationState.AwaitingAssociateAnswer)
                        ? await TakeInvalidAsync(frame.Reason, frame.Problem).ConfigureAwait(false)
                        : await TakeForeignAsync(frame).ConfigureAwait(false);
                case PduFrameKind.Closed:
                    return TakeDisconnect(frame.Problem);
                case PduFrameKind.Interrupted when End is not null:
                    return AssociationAction.Close; // ended by the flow that writes
                case PduFrameKind.Interrupted when closing && State == AssociationState.AwaitingAssociateRequest:
                    return TakeDisconnect("shutting down");
                case PduFrameKind.Interrupted when closing:
                    await AbortAsync(AbortSource.ServiceProvider, AbortReason.NotSpecified, "shutting down")
                        .ConfigureAwait(false);
                    return AssociationAction.SendProviderAbortAndIndicate;
                case PduFrameKind.Interrupted when expired:
                    return await TakeExpiryAsync(limit).ConfigureAwait(false);
                default:
                    break; // an interruption meant for an earlier operation
            }
        }
    }

    private async ValueTask<AssociationAction> TakePduAsync(PduFrame frame)
    {
        Pdu? pdu = null;
        if (frame.Type != PduType.DataTransfer && !TryParse(frame, out pdu, out var problem))
        {
            return await TakeInvalidAsync(AbortReason.InvalidPduParameterValue, problem).ConfigureAwait(false);
        }
        var before = State;
        var action = Take(frame.Type switch
        {
            PduType.AssociateRequest => AssociationEvent.AssociateRequestPdu,
            PduType.AssociateAccept => AssociationEvent.AssociateAcceptPdu,
            PduType.AssociateReject => AssociationEvent.AssociateRejectPdu,
            PduType.DataTransfer => AssociationEvent.DataTransferPdu,
            PduType.ReleaseRequest => AssociationEvent.ReleaseRequestPdu,
            PduType.ReleaseResponse => AssociationEvent.ReleaseResponsePdu,
            _ => AssociationEvent.AbortPdu,
        });
        switch (action)
        {
            case AssociationAction.Decide:
                Request = (AssociateRequest)pdu!;
                break;
            case AssociationAction.ConfirmAccept:
                var accept = (AssociateAccept)pdu!;
                Agree(Request!, accept.Contexts, accept.UserInformation, accept.UserInformation.MaximumLength);
                break;
            case AssociationAction.ConfirmRejectAndClose:
                EndBy(new AssociationEnd.Rejected((AssociateReject)pdu!));
                break;
            case AssociationAction.IndicateData:
                fragments = frame.Body;
                break;
            case AssociationAction.IndicateRelease or AssociationAction.IndicateCollision:
                await AnswerReleaseAsync().ConfigureAwait(false);
                break;
            case AssociationAction.ConfirmRelease:
                await AnswerReleaseAsync().ConfigureAwait(false);
                break;
            case AssociationAction.ConfirmReleaseAndClose:
                EndBy(new AssociationEnd.Released());
                break;
            case AssociationAction.Close or AssociationAction.IndicateAbortAndClose:
                var abort = pdu as Abort ?? new Abort(AbortSource.ServiceUser, AbortReason.NotSpecified);
                EndBy(new AssociationEnd.AbortedByPeer(abort.Source, abort.Reason));
                break;
            default:
                var cause = $"unexpected {frame.Type} in state {(int)before}";
                await SendAbortAsync(action, AbortReason.UnexpectedPdu, cause).ConfigureAwait(false);
                break;
        }
        return action;
    }

    /// <summary>A release is always answered at once: between messages nothing of ours is under way.</summary>
    private async ValueTask AnswerReleaseAsync()
    {
        if (State == AssociationState.CollisionAcceptorResponse)
        {
            return; // our own request is answered first
        }
        Take(AssociationEvent.ReleaseDecided);
        if (await SendAsync(new ReleaseResponse()).ConfigureAwait(false)
            && State == AssociationState.AwaitingTransportClose)
        {
            EndBy(new AssociationEnd.Released());
        }
    }

    private bool TryParse(PduFrame frame, out Pdu? pdu, out string problem)
    {
        var body = frame.Body.IsSingleSegment ? frame.Body.FirstSpan : frame.Body.ToArray();
        var items = new PduItems(body);
        pdu = frame.Type switch
        {
            PduType.AssociateRequest => AssociateRequest.Parse(ref items, limits),
            PduType.AssociateAccept => AssociateAccept.Parse(ref items, limits),
            PduType.AssociateReject => AssociateReject.Parse(ref items),
            PduType.ReleaseRequest => new ReleaseRequest(),
            PduType.ReleaseResponse => new ReleaseResponse(),
            _ => Abort.Parse(ref items),
        };
        problem = items.Problem is { } found ? $"{frame.Type}: {found}" : "";
        return items.Problem is null;
    }

    private async ValueTask<AssociationAction> TakeInvalidAsync(AbortReason reason, string problem)
    {
        var action = Take(AssociationEvent.InvalidPdu);
        await SendAbortAsync(action, reason, problem).ConfigureAwait(false);
        return action;
    }

    /// <summary>No PDU at all, on a connection that carried none yet: the other side speaks something else.</summary>
    private async ValueTask<AssociationAction> TakeForeignAsync(PduFrame frame)
    {
        var name = ForeignProtocols.Describe(frame.Foreign);
        var problem = isRequestor ? $"the peer speaks no DICOM here: its answer looks like {name}"
            : $"{name} came to the {(frame.Foreign == ForeignProtocol.Tls ? "plain " : "")}DICOM port";
        var answer = ForeignProtocols.Refusal(frame.Foreign, "DICOM");
        if (isRequestor || answer.IsEmpty)
        {
            return await TakeInvalidAsync(frame.Reason, problem).ConfigureAwait(false);
        }
        var action = Take(AssociationEvent.InvalidPdu);
        EndBy(new AssociationEnd.AbortedHere(frame.Reason, problem));
        await SendAsync(answer).ConfigureAwait(false);
        return action;
    }

    private AssociationAction TakeDisconnect(string problem)
    {
        var action = Take(AssociationEvent.TransportClosed);
        EndBy(new AssociationEnd.Disconnected(problem.Length > 0 ? problem
            : Request is null ? "nothing was asked for" : "the peer closed without release"));
        return action;
    }

    private async ValueTask<AssociationAction> TakeExpiryAsync(TimeSpan limit)
    {
        var problem = $"nothing came for {limit.TotalSeconds:0.###} s";
        if (State == AssociationState.AwaitingAssociateRequest)
        {
            EndBy(new AssociationEnd.Disconnected("no association request: " + problem));
            return Take(AssociationEvent.ArtimExpired);
        }
        // Table 9-10 knows no timer here; the standard leaves further time limits to the implementation (PS3.8 9.1.5).
        await AbortAsync(AbortSource.ServiceProvider, AbortReason.NotSpecified, problem).ConfigureAwait(false);
        return AssociationAction.SendProviderAbortAndIndicate;
    }

    private async ValueTask AbortAsync(AbortSource source, AbortReason reason, string problem)
    {
        lock (gate)
        {
            if (End is not null || State is AssociationState.Idle or AssociationState.AwaitingTransportClose)
            {
                return;
            }
            State = AssociationState.AwaitingTransportClose;
            EndBy(new AssociationEnd.AbortedHere(reason, problem));
        }
        await SendAsync(new Abort(source, reason)).ConfigureAwait(false);
    }

    private async ValueTask SendAbortAsync(AssociationAction action, AbortReason reason, string problem)
    {
        EndBy(new AssociationEnd.AbortedHere(reason, problem));
        // AA-1 speaks for the user, whose reason is not significant and sent as 0 (PS3.8 table 9-26).
        await SendAsync(action == AssociationAction.SendUserAbort
            ? new Abort(AbortSource.ServiceUser, AbortReason.NotSpecified)
            : new Abort(AbortSource.ServiceProvider, reason)).ConfigureAwait(false);
    }

    /// <summary>Sends one PDU within the time for writing; false if the peer is gone or does not read.</summary>
    private ValueTask<bool> SendAsync(Pdu pdu) => SendAsync(PduBuilder.Build(pdu));

    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await sending.WaitAsync().ConfigureAwait(false);
        bool sent, expired;
        try
        {
            writer.Write(bytes.Span);
            (sent, expired) = await FlushInTimeAsync().ConfigureAwait(false);
        }
        finally
        {
            sending.Release();
        }
        return sent || FailedToWrite(expired);
    }

    private async ValueTask<(bool Sent, bool Expired)> FlushInTimeAsync()
    {
        writeWatchdog.Start(limits.Write);
        var sent = await writer.FlushAsync().ConfigureAwait(false);
        var expired = writeWatchdog.Expired;
        writeWatchdog.Stop();
        return (sent, expired);
    }

    private bool FailedToWrite(bool expired)
    {
        EndBy(new AssociationEnd.Disconnected(expired
            ? $"the peer read nothing for {limits.Write.TotalSeconds:0.###} s"
            : "connection lost while sending", IsStalled: expired));
        lock (gate)
        {
            State = AssociationState.Idle;
        }
        if (ReaderIsElsewhere)
        {
            interruptRead();
        }
        return false;
    }
}
