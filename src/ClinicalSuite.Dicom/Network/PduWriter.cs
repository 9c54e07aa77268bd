using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Writes PDUs. Each is laid down whole before it is handed to the transport, and several small ones leave together:
/// a PDU cut into two writes costs a delayed acknowledgement (some 40 ms) at peers that leave Nagle's algorithm on.
/// </summary>
internal sealed class PduWriter(PipeWriter output)
{
    private const int FlushAt = 131072;
    private const int PduHeader = 6;
    private const int PdvHeader = 6;

    private int unflushed;
    private Memory<byte> open;

    /// <summary>
    /// Bytes of a message that go into one P-DATA-TF for a peer that takes bodies of the given length.
    /// </summary>
    public static int Capacity(uint peerMaximumLength)
    {
        var body = peerMaximumLength is 0 or > FlushAt ? FlushAt : (int)peerMaximumLength;
        return (body - PdvHeader) & ~1;
    }

    public void Write(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    /// <summary>
    /// Room for the message bytes of one P-DATA-TF with a single PDV; fill it, then <see cref="EndFragment"/>.
    /// </summary>
    public Memory<byte> BeginFragment(int capacity)
    {
        open = output.GetMemory(PduHeader + PdvHeader + capacity);
        return open.Slice(PduHeader + PdvHeader, capacity);
    }

    /// <summary>Puts the headers before the bytes (PS3.8 9.3.5). True if enough is waiting to be flushed.</summary>
    public bool EndFragment(int length, byte context, bool isCommand, bool isLast)
    {
        var span = open.Span;
        span[0] = (byte)PduType.DataTransfer;
        span[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(span[2..], (uint)(length + PdvHeader));
        BinaryPrimitives.WriteUInt32BigEndian(span[6..], (uint)(length + 2));
        span[10] = context;
        span[11] = (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0));
        output.Advance(PduHeader + PdvHeader + length);
        unflushed += PduHeader + PdvHeader + length;
        return unflushed >= FlushAt;
    }

    /// <summary>False if the transport is gone or the flush was interrupted.</summary>
    public async ValueTask<bool> FlushAsync()
    {
        unflushed = 0;
        try
        {
            var result = await output.FlushAsync().ConfigureAwait(false);
            return !result.IsCompleted && !result.IsCanceled;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
