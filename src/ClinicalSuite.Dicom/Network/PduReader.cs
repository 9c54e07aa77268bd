using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Cuts the incoming bytes into PDUs (PS3.8 9.3.1). A length is judged before any of its bytes is kept.
/// </summary>
internal sealed class PduReader(PipeReader input, AssociationLimits limits)
{
    private const int HeaderLength = 6;

    private SequencePosition? handedOut;

    /// <summary>The next PDU; its body is valid until the next read.</summary>
    public async ValueTask<PduFrame> ReadAsync()
    {
        ReleaseBody();
        while (true)
        {
            ReadResult result;
            try
            {
                result = await input.ReadAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                return new(PduFrameKind.Closed, Problem: Cause(e));
            }
            if (result.IsCanceled)
            {
                input.AdvanceTo(result.Buffer.Start);
                return new(PduFrameKind.Interrupted);
            }
            if (TryCut(result.Buffer, out var frame))
            {
                return frame;
            }
            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                return new(PduFrameKind.Closed, Problem: result.Buffer.IsEmpty ? "" : "connection closed inside a PDU");
            }
        }
    }

    /// <summary>Waits until bytes have come or the connection has ended; takes none. False if interrupted.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        ReleaseBody();
        try
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            input.AdvanceTo(result.Buffer.Start);
            return !result.IsCanceled;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return true; // the next read says what has happened
        }
    }

    /// <summary>Throws away what still comes, unread, until the peer closes or the read is interrupted.</summary>
    public async ValueTask DiscardAsync()
    {
        ReleaseBody();
        while (true)
        {
            try
            {
                var result = await input.ReadAsync().ConfigureAwait(false);
                input.AdvanceTo(result.Buffer.End);
                if (result.IsCanceled || result.IsCompleted)
                {
                    return;
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private void ReleaseBody()
    {
        if (handedOut is { } end)
        {
            input.AdvanceTo(end);
            handedOut = null;
        }
    }

    private bool TryCut(ReadOnlySequence<byte> buffer, out PduFrame frame)
    {
        frame = default;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }
        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var type = (PduType)header[0];
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[2..]);
        if (Judge(header, type, length) is { } invalid)
        {
            handedOut = buffer.Start;
            frame = invalid;
            return true;
        }
        if (buffer.Length - HeaderLength < length)
        {
            return false;
        }
        var body = buffer.Slice(HeaderLength, length);
        handedOut = body.End;
        frame = new(PduFrameKind.Whole, type, body);
        return true;
    }

    private PduFrame? Judge(ReadOnlySpan<byte> header, PduType type, uint length)
    {
        var longest = type switch
        {
            PduType.AssociateRequest or PduType.AssociateAccept => limits.MaximumAssociationPduLength,
            PduType.DataTransfer => limits.MaximumPduLength,
            PduType.AssociateReject or PduType.ReleaseRequest or PduType.ReleaseResponse or PduType.Abort => 4,
            _ => -1,
        };
        if (longest < 0)
        {
            return new(PduFrameKind.Invalid, Reason: AbortReason.UnrecognizedPdu,
                Problem: $"PDU type {header[0]:X2}H is not known", Foreign: ForeignProtocols.Recognize(header));
        }
        if (length > longest || (longest == 4 && length != 4))
        {
            return new(PduFrameKind.Invalid, Reason: AbortReason.InvalidPduParameterValue,
                Problem: $"{type} of {length} bytes, {longest} allowed");
        }
        return null;
    }

    /// <summary>
    /// In TLS 1.3 our certificate is judged after the handshake: the refusal comes as an alert in place of the first answer.
    /// </summary>
    private static string Cause(Exception lost)
    {
        const string mark = " alert ";
        var text = lost.GetBaseException().Message;
        var at = text.LastIndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? "connection lost" : $"TLS: the peer refuses: {text[(at + mark.Length)..]}";
    }
}
