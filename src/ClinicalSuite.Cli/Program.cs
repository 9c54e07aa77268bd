using ClinicalSuite.Analyses;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline.Execution;

namespace ClinicalSuite.Cli;

/// <summary>The program <c>clinicalsuite</c>: one switch over the verbs, and the signals that end it.</summary>
public static class Program
{
    /// <summary>The hidden verbs come first: processes of a run and of a decoder touch no listener, database or scheduler.</summary>
    public static async Task<int> Main(string[] args) =>
        args switch
        {
            [ChildAnalysis.Verb, var order] => ChildAnalysis.Run(order, AnalysisCatalog.All),
            [FrameDecodingChild.Verb, var seconds] => FrameDecodingChild.Run(seconds),
            _ => await VerbSwitch.Run(args),
        };
}
