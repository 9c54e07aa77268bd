namespace ClinicalSuite.Dicom;

/// <summary>What decoding processes may take.</summary>
public sealed record FrameDecoderLimits
{
    public static FrameDecoderLimits Default { get; } = new();

    /// <summary>Processes at a time.</summary>
    public int Processes { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>Memory of one process, native and managed together.</summary>
    public long MemoryBytes { get; init; } = 2L << 30;

    /// <summary>For a process to start.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one frame.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a frame waits for a process to become free.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A process without work ends after this.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A process ends after so many frames, whatever it may have leaked.</summary>
    public int FramesPerProcess { get; init; } = 2000;
}
