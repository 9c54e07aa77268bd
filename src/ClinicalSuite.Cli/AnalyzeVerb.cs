using ClinicalSuite.Analyses;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;
using ClinicalSuite.Evidence;
using ClinicalSuite.Pipeline.Execution;

namespace ClinicalSuite.Cli;

/// <summary>One analysis by hand: the very code that the appliance runs, without its store.</summary>
internal sealed class AnalyzeVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "analyze",
        Summary = "run one analysis offline, by the same code as the appliance",
        Operands = "ID INPUT...",
        MinOperands = 2,
        MaxOperands = int.MaxValue,
        Options =
        [
            Option.Text("--out", "DIR", "folder for the results; those of an earlier call in it are replaced"),
            Option.List("--labels", "FILE[=NAME]", "segments from outside: DICOM SEG, RTSTRUCT or mask images, NIfTI, .npy"),
            Option.Text("--values", "FILE", "laboratory values, CSV: name,value,unit,time"),
            Option.Text("--context", "DICOMFILE", "lends patient, study and frame of reference to an .npy or NIfTI image"),
            Option.List("--set", "KEY=VALUE", "a setting of the analysis; `clinicalsuite analyses` lists them"),
            Option.Flag("--arrays", "also write NumPy arrays (labels.npy and its like), each with a .json beside it"),
            Option.Number("--threads", "N", "threads to use (default: all cores); results do not depend on it"),
        ],
        Remarks = """
            INPUT is a DICOM file, a folder, a .zip (read in place), or a CT in HU as NIfTI or .npy (slice, row, column; its affine to
            LPS mm in a .json beside it), which becomes a DICOM series among the results.
            DIR gets findings.json, report.pdf, oru.hl7 and each DICOM object as *.dcm; standard output lists them.
            NAME says what an unnamed mask is, e.g. liver; `whole` is one unnamed vessel mask. SEG and RTSTRUCT objects among
            the inputs that belong to the images are used without being named.
            UIDs derive from the input, and date and time of the results are those of the study, as each document says: the same call
            writes the same objects. With SOURCE_DATE_EPOCH set (seconds since 1970) that time is stated instead.
            Exit status: 0 done, 2 usage, 3 input refused, 4 not assessable, 1 anything else.
            """,
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (call, complaint) = AnalyzeCall.Read(arguments, AnalysisCatalog.All);
        return Task.FromResult(call is null ? VerbSwitch.Misused(Description, complaint!) : Run(call, cancellation));
    }

    private int Run(AnalyzeCall call, CancellationToken cancellation)
    {
        using var place = ResultPlace.Prepare(call.Out);
        try
        {
            var outcomes = Execute(call, place.Staging, cancellation);
            foreach (var file in outcomes.Any(outcome => outcome is AnalysisOutcome.Refused) ? [] : place.Replace())
            {
                Console.Out.WriteLine(file);
            }

            return outcomes.Select(Tell).Aggregate(Worse);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("clinicalsuite: cancelled, nothing was written");
            return ExitStatus.Failed;
        }
        catch (InputRefusedException refusal)
        {
            Console.Error.WriteLine($"clinicalsuite: {refusal.Message}");
            return ExitStatus.InputRefused;
        }
        catch (ArgumentException complaint) when (complaint.Message.StartsWith("setting ", StringComparison.Ordinal))
        {
            return VerbSwitch.Misused(Description, complaint.Message);
        }
    }

    private static IReadOnlyList<AnalysisOutcome> Execute(AnalyzeCall call, string folder, CancellationToken cancellation)
    {
        using var progress = new ProgressDisplay(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        return AnalysisRunner.Run(call.Order(folder), call.Analysis, progress, cancellation);
    }

    private static int Tell(AnalysisOutcome outcome)
    {
        switch (outcome)
        {
            case AnalysisOutcome.Completed:
                return ExitStatus.Done;
            case AnalysisOutcome.NotAssessable no:
                Console.Error.WriteLine($"clinicalsuite: not assessable: {no.Reason.Meaning} ({no.Reason.Value}): {no.Cause}");
                return ExitStatus.NotAssessable;
            case AnalysisOutcome.Refused no:
                Console.Error.WriteLine($"clinicalsuite: {no.Message}");
                return ExitStatus.InputRefused;
            default:
                throw new InvalidOperationException("an outcome that is not known");
        }
    }

    /// <summary>Of several runs one that is done is enough; else the refusal of the input tells most.</summary>
    private static int Worse(int a, int b) =>
        a == ExitStatus.Done || b == ExitStatus.Done ? ExitStatus.Done : Math.Min(a, b);
}
