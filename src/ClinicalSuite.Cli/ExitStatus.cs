namespace ClinicalSuite.Cli;

/// <summary>What the program says when it ends; scripts depend on it.</summary>
internal static class ExitStatus
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>The message names the file, the tag or offset, and the reason.</summary>
    public const int InputRefused = 3;

    public const int NotAssessable = 4;
}
