using ClinicalSuite.Analyses;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Pipeline.Execution;

namespace ClinicalSuite.Cli;

/// <summary>The program <c>clinicalsuite</c>: one switch over the verbs, and the signals that end it.</summary>
public static class Program
{
    /// <summary>The hidden verb comes first: a run's own process touches no listener, database or scheduler.</summary>
    public static async Task<int> Main(string[] args) =>
        args is [ChildAnalysis.Verb, var order] ? ChildAnalysis.Run(order, AnalysisCatalog.All) : await VerbSwitch.Run(args);
}
