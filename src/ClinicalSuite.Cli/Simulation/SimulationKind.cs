namespace ClinicalSuite.Cli.Simulation;

/// <summary>One kind of synthetic data that <c>simulate</c> makes.</summary>
/// <param name="Settings">What each key of <c>--set</c> takes.</param>
/// <param name="Prepare">Reads the settings: gives what makes the files, or a complaint; exactly one of the two is not null.</param>
internal sealed record SimulationKind(
    string Name,
    string Summary,
    IReadOnlyDictionary<string, string> Settings,
    Func<SimulateCall, (MakeFiles? Make, string? Complaint)> Prepare)
{
    /// <summary>Every kind that can be made.</summary>
    public static readonly IReadOnlyList<SimulationKind> All = [CtLiverFiles.Kind];
}

/// <summary>Makes the data and then writes them, so that a call that is interrupted leaves no half series.</summary>
/// <returns>One line for people on what was made.</returns>
internal delegate string MakeFiles(IProgress<double> progress, CancellationToken cancellation);
