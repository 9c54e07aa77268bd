using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;

namespace ClinicalSuite.Cli;

/// <summary>Says what in DICOM objects is not as the standard asks.</summary>
internal sealed class DicomCheckVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "dicom check",
        Summary = "check DICOM files, folders or .zip archives against the standard",
        Operands = "INPUT...",
        MinOperands = 1,
        MaxOperands = int.MaxValue,
        Options =
        [
            Option.Flag("--warnings", "show warnings too: defined terms, retired and additional attributes"),
            Option.Flag("--json", "one line of JSON for each object"),
        ],
        Remarks = "Checked are the file meta information (PS3.10), VRs and values (PS3.5, PS3.6), and by the object's SOP class the\n"
            + "modules, attribute types, conditions, enumerated values, macros and functional groups of its IOD (PS3.3), and that\n"
            + "what the object says of itself agrees: frame counts, dimension indices, references, pixel lengths. An object of a\n"
            + "SOP class that the tables do not have gets a warning that says so. No value of the object is shown.\n"
            + "Exit status 0 when no object has an error, 1 when one has, 3 when an input is not DICOM.",
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var call = new ConformanceCall(arguments.Has("--warnings"), arguments.Has("--json"), Console.Out, Console.Error);
        call.Run(arguments.Operands, cancellation);
        return Task.FromResult(call.Refused > 0 ? ExitStatus.InputRefused
            : call.Faulty > 0 || cancellation.IsCancellationRequested ? ExitStatus.Failed
            : ExitStatus.Done);
    }
}
