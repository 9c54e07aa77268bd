using ClinicalSuite.Cli.CommandLine;

namespace ClinicalSuite.Cli;

/// <summary>The program <c>clinicalsuite</c>: one switch over the verbs, and the signals that end it.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args) => await VerbSwitch.Run(args);
}
