using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>A child process that decodes frames one after another.</summary>
internal sealed class DecodingProcess : IDisposable
{
    private readonly Process process;
    private readonly FrameDecoderLimits limits;
    private readonly TimeProvider time;
    private volatile bool isOutOfTime;

    private DecodingProcess(Process process, FrameDecoderLimits limits, TimeProvider time)
    {
        this.process = process;
        this.limits = limits;
        this.time = time;
    }

    /// <summary>How many it was given.</summary>
    public int Frames { get; private set; }

    public long IdleSince { get; set; }

    /// <exception cref="InvalidOperationException">The program cannot be started.</exception>
    public static DecodingProcess Start(string program, FrameDecoderLimits limits, TimeProvider time)
    {
        // --data bounds native and managed memory alike; a core file would hold the patient's image.
        var start = new ProcessStartInfo("prlimit")
        {
            ArgumentList =
            {
                $"--data={limits.MemoryBytes}", "--core=0", program, FrameDecodingChild.Verb,
                limits.Time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The other half is for the libraries. Hexadecimal without 0x.
        start.Environment["DOTNET_GCHeapHardLimit"] = (limits.MemoryBytes / 2).ToString("X", null);
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            var process = Process.Start(start)!;
            // What a dying library says is of no use to anyone but must not fill the pipe.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var started = new DecodingProcess(process, limits, time);
            started.AwaitReady();
            return started;
        }
        catch (Win32Exception problem)
        {
            throw new InvalidOperationException($"the decoding program cannot be started: {problem.Message}", problem);
        }
    }

    public DecodingAnswer Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        Frames++;
        using var clock = time.CreateTimer(_ => EndLate(), null, limits.Time, Timeout.InfiniteTimeSpan);
        DecodingAnswer? answer = null;
        try
        {
            DecodingExchange.Ask(process.StandardInput.BaseStream, frame, encoded.Span);
            answer = DecodingExchange.Hear(process.StandardOutput.BaseStream, frame);
        }
        catch (IOException)
        {
            // Its end of the pipe is gone, and so is it.
        }

        return answer ?? new DecodingAnswer.Ended(Cause(), isOutOfTime);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void AwaitReady()
    {
        using var clock = time.CreateTimer(_ => EndLate(), null, limits.Start, Timeout.InfiniteTimeSpan);
        if (!DecodingExchange.HearReady(process.StandardOutput.BaseStream))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw new InvalidOperationException(isOutOfTime
                ? $"the decoding program did not start within {limits.Start.TotalSeconds:0.#} s"
                : $"the decoding program ended with status {process.ExitCode} before it was ready");
        }
    }

    private void EndLate()
    {
        isOutOfTime = true;
        process.Kill(entireProcessTree: true);
    }

    private string Cause()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        const int BySignal = 128;
        // Both sides hold the limit; whichever looks first ends it.
        isOutOfTime |= process.ExitCode == FrameDecodingChild.OutOfTime;
        return isOutOfTime ? $"was not done with the frame within {limits.Time.TotalSeconds:0.#} s"
            : process.ExitCode > BySignal ? $"was ended by signal {process.ExitCode - BySignal} on the frame"
            : $"ended with status {process.ExitCode} on the frame";
    }
}
