using System.IO.Pipelines;

namespace ClinicalSuite.Hl7.Mllp;

/// <summary>The receiver's side of one connection: message in, handler, acknowledgement out, in this order and one at a time.</summary>
/// <remarks>
/// Over <see cref="IDuplexPipe"/>, so that Kestrel's connection handlers (with or without TLS) and tests carry it alike.
/// </remarks>
public sealed class MllpConnection(IDuplexPipe transport, MllpHandler handler, MllpLimits limits, TimeProvider time)
{
    /// <summary>Serves until the peer closes, is silent for too long, or sends what is not MLLP.</summary>
    /// <exception cref="OperationCanceledException">The server stops: <paramref name="cancellation"/> was cancelled.</exception>
    public async Task<MllpEnd> RunAsync(CancellationToken cancellation)
    {
        var reader = new MllpReader(transport.Input, limits.Message.MaximumBytes);
        try
        {
            while (true)
            {
                using var idle = new CancellationTokenSource(limits.Idle, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellation);
                var bytes = await reader.ReadAsync(either.Token).ConfigureAwait(false);
                if (bytes is null)
                {
                    return new MllpEnd.ClosedByPeer();
                }

                var reply = await AnswerAsync(bytes, cancellation).ConfigureAwait(false);
                if (!await ReplyAsync(reply, cancellation).ConfigureAwait(false))
                {
                    return new MllpEnd.Broken($"the peer read nothing for {limits.Write.TotalSeconds:0.###} s");
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new MllpEnd.Idle(limits.Idle);
        }
        catch (Exception e) when (e is Hl7FormatException or IOException)
        {
            return new MllpEnd.Broken(e.Message);
        }
    }

    private async Task<bool> ReplyAsync(Hl7Message reply, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(limits.Write, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        MllpFormat.Write(transport.Output, reply.ToBytes());
        try
        {
            await transport.Output.FlushAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<Hl7Message> AnswerAsync(byte[] bytes, CancellationToken cancellation)
    {
        Hl7Message message;
        try
        {
            message = Hl7Message.Parse(bytes, limits.Message);
        }
        catch (Hl7FormatException e)
        {
            return Refusal(bytes, new Acknowledgement(AcknowledgementCode.Reject, e.Message));
        }

        using var limit = new CancellationTokenSource(limits.Handling, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Acknowledgement answer;
        try
        {
            answer = await handler(new ReceivedMessage(bytes, message), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            answer = new Acknowledgement(AcknowledgementCode.Error, "not stored in time; send again");
        }

        return answer.For(message, time.GetUtcNow());
    }

    /// <summary>Where at least the header can be read, the refusal names the message.</summary>
    private Hl7Message Refusal(byte[] bytes, Acknowledgement reject)
    {
        var end = bytes.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
        try
        {
            return reject.For(Hl7Message.Parse(end < 0 ? bytes : bytes.AsSpan(0, end), limits.Message), time.GetUtcNow());
        }
        catch (Hl7FormatException)
        {
            return reject.ForUnreadable(time.GetUtcNow());
        }
    }
}
