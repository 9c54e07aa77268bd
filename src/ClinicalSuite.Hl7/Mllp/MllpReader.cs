using System.Buffers;
using System.IO.Pipelines;

namespace ClinicalSuite.Hl7.Mllp;

/// <summary>Cuts a byte stream into messages.</summary>
/// <remarks>
/// Works on bytes alone: neither the envelope's bytes nor a character split between two TCP segments needs decoding, because no
/// multi-byte character of UTF-8, GB 18030 or Big5 contains a byte below 0x20. Bytes are taken from the pipe as they come, so that a
/// message larger than the transport's buffer passes, up to the limit; each byte is looked at once.
/// </remarks>
internal sealed class MllpReader(PipeReader input, int maximumBytes)
{
    // Between messages only line ends are tolerated; a peer that speaks another protocol is told from the first bytes.
    private const int MaximumStrayBytes = 16;

    private readonly ArrayBufferWriter<byte> message = new();
    private bool inside;
    private bool ending;
    private int stray;

    /// <summary>The next message; null when the peer has closed between two messages.</summary>
    /// <exception cref="Hl7FormatException">Not MLLP, over the size limit, or closed within a message.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellation).ConfigureAwait(false);
            var taken = Take(result.Buffer, out var complete);
            input.AdvanceTo(taken);
            if (complete is not null)
            {
                return complete;
            }

            if (result.IsCompleted)
            {
                return inside
                    ? throw new Hl7FormatException($"the peer closed within a message, after {message.WrittenCount} bytes")
                    : null;
            }
        }
    }

    private SequencePosition Take(ReadOnlySequence<byte> buffer, out byte[]? complete)
    {
        var taken = 0L;
        foreach (var memory in buffer)
        {
            taken += Take(memory.Span, out complete);
            if (complete is not null)
            {
                return buffer.GetPosition(taken);
            }
        }

        complete = null;
        return buffer.End;
    }

    private int Take(ReadOnlySpan<byte> bytes, out byte[]? complete)
    {
        complete = null;
        var position = 0;
        while (position < bytes.Length && complete is null)
        {
            position += inside ? TakeContent(bytes[position..], out complete) : TakeStart(bytes[position..]);
        }

        return position;
    }

    private int TakeStart(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == MllpFormat.StartBlock)
        {
            inside = true;
            stray = 0;
        }
        else if (bytes[0] is not ((byte)'\r' or (byte)'\n') || ++stray > MaximumStrayBytes)
        {
            throw new Hl7FormatException($"not MLLP: byte {bytes[0]:X2} where a start block (0B) belongs{NameOf(bytes[0])}");
        }

        return 1;
    }

    private int TakeContent(ReadOnlySpan<byte> bytes, out byte[]? complete)
    {
        complete = null;
        if (ending)
        {
            ending = false;
            if (bytes[0] == MllpFormat.CarriageReturn)
            {
                complete = message.WrittenSpan.ToArray();
                message.ResetWrittenCount();
                inside = false;
                return 1;
            }

            Append([MllpFormat.EndBlock]);
        }

        var end = bytes.IndexOf(MllpFormat.EndBlock);
        if (end < 0)
        {
            Append(bytes);
            return bytes.Length;
        }

        Append(bytes[..end]);
        ending = true;
        return end + 1;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > maximumBytes - message.WrittenCount)
        {
            throw new Hl7FormatException($"message of more than {maximumBytes} bytes");
        }

        message.Write(bytes);
    }

    private static string NameOf(byte first) => first switch
    {
        0x16 => " (it looks like TLS)",
        0x01 => " (it looks like DICOM)",
        >= (byte)'A' and <= (byte)'Z' => " (it looks like HTTP or HL7 without its envelope)",
        _ => "",
    };
}
