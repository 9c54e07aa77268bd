using System.Buffers;
using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Network;

/// <summary>Messages over P-DATA (PS3.8 annex E): command set and data set in fragments.</summary>
public sealed partial class Association
{
    private const int PdvHeader = 6;

    // The rest of the P-DATA-TF under way, and the rest of its current fragment.
    private ReadOnlySequence<byte> fragments;
    private ReadOnlySequence<byte> fragment;
    private byte fragmentContext;
    private bool fragmentIsCommand;
    private bool fragmentIsLast = true;
    private DataSetStream? openDataSet;
    private long dataSetLength;

    // Of the message under way, once its first fragment is there: what came, and how long the peer let us wait for it.
    private long messageLength;
    private TimeSpan messageWait;
    private bool messageHasBegun;

    /// <summary>
    /// The next message, or null when the association has ended (see <see cref="End"/>). A data set that was not read
    /// to its end is skipped first.
    /// </summary>
    /// <param name="limit">How long to wait for its beginning; null is the idle limit.</param>
    public async ValueTask<DimseMessage?> ReadMessageAsync(TimeSpan? limit = null)
    {
        if (!await SkipDataSetAsync().ConfigureAwait(false))
        {
            return null;
        }
        var command = new ArrayBufferWriter<byte>(512);
        byte context = 0;
        (messageHasBegun, messageLength, messageWait) = (false, 0, TimeSpan.Zero);
        do
        {
            var wait = messageHasBegun ? limits.Message : limit ?? limits.Idle;
            if (!await NextFragmentAsync(wait).ConfigureAwait(false))
            {
                return null;
            }
            if (!fragmentIsCommand || (command.WrittenCount > 0 && fragmentContext != context))
            {
                return await RefuseAsync(AbortReason.UnexpectedPduParameter, "a data set where a command is due")
                    .ConfigureAwait(false);
            }
            context = fragmentContext;
            if (command.WrittenCount + fragment.Length > limits.MaximumCommandLength)
            {
                return await RefuseAsync(AbortReason.InvalidPduParameterValue,
                    $"a command set of more than {limits.MaximumCommandLength} bytes").ConfigureAwait(false);
            }
            foreach (var part in fragment)
            {
                command.Write(part.Span);
            }
            fragment = default;
        }
        while (!fragmentIsLast);
        if (!CommandSet.TryParse(command.WrittenSpan, out var parsed, out var problem))
        {
            return await RefuseAsync(AbortReason.InvalidPduParameterValue, problem).ConfigureAwait(false);
        }
        openDataSet = parsed.HasDataSet ? new DataSetStream(this, context) : null;
        dataSetLength = 0;
        return new(contexts[context], parsed, openDataSet);
    }

    /// <summary>
    /// Sends a message; the data set is the rest of a seekable stream, in the context's transfer syntax.
    /// </summary>
    /// <returns>False if the association ended.</returns>
    public async ValueTask<bool> SendMessageAsync(
        PresentationContext context, CommandSet command, Stream? dataSet = null)
    {
        Sending outcome;
        await sending.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!MayEnterData())
            {
                return false;
            }
            outcome = await SendBytesAsync(context.Id, new MemoryStream(command.Encode()), isCommand: true)
                .ConfigureAwait(false);
            if (outcome == Sending.Sent && dataSet is not null)
            {
                outcome = await SendBytesAsync(context.Id, dataSet, isCommand: false).ConfigureAwait(false);
            }
            if (outcome == Sending.Sent)
            {
                outcome = await FlushMessageAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            sending.Release();
        }
        return outcome == Sending.Sent || await FailedToSendAsync(outcome).ConfigureAwait(false);
    }

    /// <summary>Data may be sent in state 6 only; the other flow may have left it.</summary>
    private bool MayEnterData()
    {
        lock (gate)
        {
            if (End is not null || State != AssociationState.Established)
            {
                return false;
            }
            Take(AssociationEvent.DataRequested);
            return true;
        }
    }

    internal async ValueTask<int> ReadDataSetAsync(byte context, Memory<byte> buffer)
    {
        while (buffer.Length > 0 && openDataSet is not null)
        {
            if (!fragment.IsEmpty)
            {
                return CopyFragment(buffer);
            }
            if (fragmentIsLast && !fragmentIsCommand)
            {
                openDataSet = null;
                return 0;
            }
            if (End is not null || !await NextFragmentAsync(limits.Message).ConfigureAwait(false))
            {
                throw new AssociationException(End!);
            }
            if (fragmentIsCommand || fragmentContext != context)
            {
                await RefuseAsync(AbortReason.UnexpectedPduParameter, "a foreign fragment inside a data set")
                    .ConfigureAwait(false);
                throw new AssociationException(End!);
            }
            dataSetLength += fragment.Length;
            if (dataSetLength > limits.MaximumDataSetLength)
            {
                await RefuseAsync(AbortReason.InvalidPduParameterValue,
                    $"a data set of more than {limits.MaximumDataSetLength} bytes").ConfigureAwait(false);
                throw new AssociationException(End!);
            }
        }
        return 0;
    }

    private int CopyFragment(Memory<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, fragment.Length);
        fragment.Slice(0, count).CopyTo(buffer.Span);
        fragment = fragment.Slice(count);
        return count;
    }

    internal async ValueTask<bool> SkipDataSetAsync()
    {
        if (openDataSet is not { } unread || End is not null)
        {
            return End is null;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(16384);
        try
        {
            while (await unread.ReadAsync(buffer).ConfigureAwait(false) > 0)
            {
            }
            return true;
        }
        catch (AssociationException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Makes the next fragment (PDV, PS3.8 9.3.5.1) current; false if the association ended instead.</summary>
    private async ValueTask<bool> NextFragmentAsync(TimeSpan limit)
    {
        if (fragments.IsEmpty)
        {
            fragment = default;
            var began = time.GetTimestamp();
            if (await ReceiveAsync(limit).ConfigureAwait(false) != AssociationAction.IndicateData)
            {
                return false;
            }
            if (messageHasBegun && IsTooSlow(time.GetElapsedTime(began)))
            {
                await RefuseAsync(AbortReason.NotSpecified,
                    $"a message slower than {limits.SlowestBytesPerSecond} bytes a second").ConfigureAwait(false);
                return false;
            }
        }
        if (!TryCutFragment(out var problem))
        {
            await RefuseAsync(AbortReason.InvalidPduParameterValue, problem).ConfigureAwait(false);
            return false;
        }
        messageHasBegun = true;
        messageLength += fragment.Length;
        return true;
    }

    /// <summary>Only the peer's part of the time counts: a disk of ours that stalls is not its fault.</summary>
    private bool IsTooSlow(TimeSpan wait)
    {
        messageWait += wait;
        return messageWait > limits.Message + TimeSpan.FromSeconds(messageLength / (double)limits.SlowestBytesPerSecond);
    }

    private bool TryCutFragment(out string problem)
    {
        problem = "";
        if (fragments.Length < PdvHeader)
        {
            problem = "a PDV header does not fit its P-DATA-TF";
            return false;
        }
        Span<byte> header = stackalloc byte[PdvHeader];
        fragments.Slice(0, PdvHeader).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length < 2 || length - 2 > fragments.Length - PdvHeader)
        {
            problem = $"a PDV of {length} bytes in a P-DATA-TF with {fragments.Length - 4} left";
            return false;
        }
        if (header[5] > 3 || !contexts.ContainsKey(header[4]))
        {
            problem = $"a PDV with context {header[4]} and control header {header[5]:X2}H";
            return false;
        }
        fragmentContext = header[4];
        fragmentIsCommand = (header[5] & 1) != 0;
        fragmentIsLast = (header[5] & 2) != 0;
        fragment = fragments.Slice(PdvHeader, length - 2);
        fragments = fragments.Slice(PdvHeader + (length - 2));
        return true;
    }

    private async ValueTask<DimseMessage?> RefuseAsync(AbortReason reason, string problem)
    {
        await AbortAsync(AbortSource.ServiceProvider, reason, problem).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<Sending> SendBytesAsync(byte context, Stream bytes, bool isCommand)
    {
        var left = bytes.Length - bytes.Position;
        var capacity = PduWriter.Capacity(peerMaximumLength);
        do
        {
            if (End is not null)
            {
                return Sending.Ended; // the other flow aborted: nothing may follow
            }
            var room = (int)Math.Min(capacity, left);
            var read = await bytes.ReadAtLeastAsync(writer.BeginFragment(room)[..room], room, throwOnEndOfStream: true)
                .ConfigureAwait(false);
            left -= read;
            if (writer.EndFragment(read, context, isCommand, isLast: left == 0)
                && await FlushMessageAsync().ConfigureAwait(false) is var outcome and not Sending.Sent)
            {
                return outcome;
            }
        }
        while (left > 0);
        return Sending.Sent;
    }

    private async ValueTask<Sending> FlushMessageAsync()
    {
        var (sent, expired) = await FlushInTimeAsync().ConfigureAwait(false);
        return sent ? Sending.Sent : expired ? Sending.Expired : Sending.Lost;
    }

    private async ValueTask<bool> FailedToSendAsync(Sending outcome)
    {
        if (outcome == Sending.Ended || (outcome == Sending.Lost && ReaderIsElsewhere))
        {
            return false;
        }
        if (outcome == Sending.Lost)
        {
            // A peer that aborts in the middle of our message closes at once: its A-ABORT is still in the receive
            // buffer.
            await ReceiveAsync(limits.Close).ConfigureAwait(false);
        }
        return FailedToWrite(outcome == Sending.Expired);
    }

    private enum Sending
    {
        Sent,
        Lost,
        Expired,
        Ended,
    }
}
