using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

/// <summary>
/// Decodes frames that need a native library in processes of their own, within limits: a crafted frame ends such a process
/// and is refused, the caller goes on. What managed code decodes is decoded in the calling thread.
/// </summary>
public sealed class FrameDecoderPool : IFrameDecoder, IDisposable
{
    private readonly string program;
    private readonly FrameDecoderLimits limits;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim free;
    private readonly Lock gate = new();
    private readonly Stack<DecodingProcess> idle = [];
    private readonly ITimer sweep;
    private bool isDisposed;

    /// <param name="program">The executable whose <see cref="FrameDecodingChild.Verb"/> decodes.</param>
    public FrameDecoderPool(string program, FrameDecoderLimits? limits = null, TimeProvider? time = null)
    {
        this.program = program;
        this.limits = limits ?? FrameDecoderLimits.Default;
        this.time = time ?? TimeProvider.System;
        free = new SemaphoreSlim(this.limits.Processes, this.limits.Processes);
        sweep = this.time.CreateTimer(_ => EndIdle(), null, this.limits.Idle, this.limits.Idle);
    }

    public byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var codec = InProcessFrameDecoder.Prepare(frame, encoded);
        if (!codec.IsNative)
        {
            return codec.Decode(frame, encoded);
        }

        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!free.Wait(limits.Wait))
        {
            throw new TimeoutException($"no frame decoder became free within {limits.Wait.TotalSeconds:0} s");
        }

        try
        {
            // A process that ended while it had no work is not this frame's fault: then a new one has the last word.
            return (TakeIdle() is { } used ? TryDecode(used, frame, encoded) : null)
                ?? TryDecode(DecodingProcess.Start(program, limits, time), frame, encoded)
                ?? throw new InvalidOperationException("a new decoding process was taken for a used one");
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
        }

        sweep.Dispose();
        while (TakeIdle() is { } process)
        {
            process.Dispose();
        }
    }

    /// <returns>Null where a process that had decoded before ended without an answer.</returns>
    private byte[]? TryDecode(DecodingProcess process, FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        var isNew = process.Frames == 0;
        var answer = process.Decode(frame, encoded);
        if (answer is DecodingAnswer.Ended ended)
        {
            process.Dispose();
            return isNew || ended.IsTimeOut
                ? throw Bad($"the decoder of {DicomUID.NameOf(frame.TransferSyntaxUid)} {ended.Cause}")
                : null;
        }

        Return(process);
        return answer is DecodingAnswer.Refused refused
            ? throw new DicomFormatException(refused.Reason, refused.TagPath)
            : ((DecodingAnswer.Decoded)answer).Cells;
    }

    private DecodingProcess? TakeIdle()
    {
        lock (gate)
        {
            return idle.TryPop(out var process) ? process : null;
        }
    }

    private void Return(DecodingProcess process)
    {
        lock (gate)
        {
            if (!isDisposed && process.Frames < limits.FramesPerProcess)
            {
                process.IdleSince = time.GetTimestamp();
                idle.Push(process);
                return;
            }
        }

        process.Dispose();
    }

    private void EndIdle()
    {
        List<DecodingProcess> old;
        lock (gate)
        {
            var all = idle.Reverse().ToList();
            old = all.FindAll(process => time.GetElapsedTime(process.IdleSince) >= limits.Idle);
            idle.Clear();
            all.Except(old).ToList().ForEach(idle.Push);
        }

        old.ForEach(process => process.Dispose());
    }

    private static DicomFormatException Bad(string reason) => new(reason, DicomTag.PixelData.ToString());
}
