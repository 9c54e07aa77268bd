using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;
using ClinicalSuite.Cli.Simulation;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Cli;

/// <summary>Synthetic data with their truth, for trials and tests.</summary>
internal sealed class SimulateVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "simulate",
        Summary = "make synthetic data with their truth",
        Operands = "KIND",
        MinOperands = 1,
        MaxOperands = 1,
        Options =
        [
            Option.Number("--seed", "N", "the same seed and settings make the same files, whatever the number of threads"),
            Option.Text("--out", "DIR", "gets dicom/*.dcm and truth/ (labels.npy, labels.json, truth.json, graph.json)"),
            Option.List("--set", "KEY=VALUE", "a setting of the kind"),
            Option.Number("--threads", "N", "threads to use (default: all cores)"),
        ],
        Remarks = string.Join('\n', SimulationKind.All.Select(kind =>
            $"{kind.Name}: {kind.Summary}\n" + string.Join('\n', kind.Settings.Select(s => $"  --set {s.Key}={s.Value}")))),
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (call, complaint) = SimulateCall.Read(arguments);
        if (call is null)
        {
            return Task.FromResult(VerbSwitch.Misused(Description, complaint!));
        }

        var (make, refusal) = call.Kind.Prepare(call);
        return Task.FromResult(make is null ? VerbSwitch.Misused(Description, refusal!) : Make(make, call.Kind.Name, cancellation));
    }

    private static int Make(MakeFiles make, string kind, CancellationToken cancellation)
    {
        try
        {
            string made;
            using (var display = new ProgressDisplay(Console.Error, !Console.IsErrorRedirected, TimeProvider.System))
            {
                made = make(new Shown(display, kind), cancellation);
            }

            Console.Out.WriteLine(made);
            return ExitStatus.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("clinicalsuite: cancelled, nothing was written");
            return ExitStatus.Failed;
        }
    }

    private sealed class Shown(ProgressDisplay display, string step) : IProgress<double>
    {
        public void Report(double value) => display.Report(new AnalysisProgress(value, step));
    }
}
