using System.Text.Json;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>
/// The hidden verb <c>child-analyze ORDER.json</c>: one run in a process of its own, so that a bad study cannot take the listeners
/// down. Touches no database, no scheduler and no listener.
/// </summary>
public static class ChildAnalysis
{
    /// <summary>The hidden verb.</summary>
    public const string Verb = "child-analyze";

    /// <summary>Exit status when the parent is gone, however it ended.</summary>
    public const int ParentGone = 86;

    /// <summary>Executes the order and says progress and outcome in lines of JSON on standard output.</summary>
    /// <returns>The exit status: 0 when an outcome was said.</returns>
    public static int Run(string orderFile, IReadOnlyList<IAnalysis> analyses)
    {
        EndWithParent();
        var order = JsonSerializer.Deserialize<AnalysisOrder>(File.ReadAllText(orderFile), JsonSerializerOptions.Default)
            ?? throw new JsonException("an empty order");
        var analysis = analyses.Single(a => a.Id == order.AnalysisId);
        var outcomes = AnalysisRunner.Run(order, analysis, new LineProgress(), CancellationToken.None);
        Say(new ChildMessage.Ended(outcomes.Single()));
        return 0;
    }

    /// <summary>End of file on standard input is the parent's end, even by SIGKILL. No signal does that: it would follow the thread.</summary>
    private static void EndWithParent()
    {
        var input = Console.OpenStandardInput();
        var watcher = new Thread(() =>
        {
            while (input.ReadByte() >= 0)
            {
                // The parent never writes; whatever comes means that it lives.
            }

            Environment.Exit(ParentGone);
        })
        {
            IsBackground = true,
            Name = "parent watcher",
        };
        watcher.Start();
    }

    private static void Say(ChildMessage message)
    {
        try
        {
            Console.Out.WriteLine(message.ToLine());
            Console.Out.Flush();
        }
        catch (IOException)
        {
            // Nobody reads any more: the same end as end of file on standard input.
            Environment.Exit(ParentGone);
        }
    }

    private sealed class LineProgress : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => Say(new ChildMessage.Progress(value.Fraction, value.Step));
    }
}
