using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ClinicalSuite.Hl7.Mllp;

/// <summary>Sends messages to one receiver, each over a connection of its own.</summary>
/// <remarks>
/// A connection that is shared by messages can hand the late answer of one to the next (nextgen/connect issue 1441). With one connection
/// a message that cannot happen, and MSA-2 is compared nevertheless.
/// </remarks>
public sealed class MllpClient(string host, int port, TimeProvider time)
{
    /// <summary>Limit of a connection attempt; what is left of the whole time limit counts too.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Limits of the answer.</summary>
    public Hl7Limits Limits { get; init; } = new() { MaximumBytes = 1024 * 1024 };

    /// <summary>TLS when set.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>Sends and waits for the answer that names this message.</summary>
    /// <param name="timeout">Limit of everything together: connecting, sending, waiting.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public Task<MllpOutcome> SendAsync(Hl7Message message, TimeSpan timeout, CancellationToken cancellation) =>
        SendAsync(message.ToBytes(), message.ControlId, timeout, cancellation);

    /// <summary>Sends bytes as they are, for a message that was made before and is repeated unchanged.</summary>
    /// <inheritdoc cref="SendAsync(Hl7Message, TimeSpan, CancellationToken)"/>
    public async Task<MllpOutcome> SendAsync(
        ReadOnlyMemory<byte> message, string controlId, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var sending = false;
        using var client = new TcpClient { NoDelay = true };
        try
        {
            using var stream = await ConnectAsync(client, either.Token).ConfigureAwait(false);
            sending = true;
            await WriteAsync(stream, message, either.Token).ConfigureAwait(false);
            var reader = PipeReader.Create(stream);
            var answer = await new MllpReader(reader, Limits.MaximumBytes).ReadAsync(either.Token).ConfigureAwait(false);
            return answer is null
                ? new MllpOutcome.ConnectionFailed("the peer closed without an answer", MayHaveArrived: true)
                : Judge(answer, controlId);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return sending
                ? new MllpOutcome.Timeout(timeout)
                : new MllpOutcome.ConnectionFailed("no connection in time", MayHaveArrived: false);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            return new MllpOutcome.ConnectionFailed(e.Message, sending);
        }
        catch (Hl7FormatException e)
        {
            return new MllpOutcome.UnreadableAnswer(e.Message);
        }
    }

    private async Task<Stream> ConnectAsync(TcpClient client, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        await client.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
        if (Tls is null)
        {
            return client.GetStream();
        }

        var secured = new SslStream(client.GetStream());
        await secured.AuthenticateAsClientAsync(Tls, either.Token).ConfigureAwait(false);
        return secured;
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        MllpFormat.Write(writer, message.Span);
        await writer.FlushAsync(cancellation).ConfigureAwait(false);
        await writer.CompleteAsync().ConfigureAwait(false);
    }

    private MllpOutcome Judge(byte[] answer, string controlId)
    {
        var (acknowledgement, answered) = Acknowledgement.Read(Hl7Message.Parse(answer, Limits));
        if (answered != controlId)
        {
            return new MllpOutcome.WrongControlId(controlId, answered);
        }

        return acknowledgement.Code switch
        {
            AcknowledgementCode.Accept => new MllpOutcome.Accepted(acknowledgement.Text),
            AcknowledgementCode.Error => new MllpOutcome.Error(acknowledgement.Text),
            _ => new MllpOutcome.Rejected(acknowledgement.Text),
        };
    }
}
