using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Conformance;

namespace ClinicalSuite.Cli;

/// <summary>Writes what this program conforms to.</summary>
internal sealed class DicomConformanceVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "dicom conformance",
        Summary = "write the DICOM conformance statement (PS3.2) of this program, in Markdown",
        Options = [Option.Text("--out", "FILE", "the file to write; standard output if it is not given")],
        Remarks = "It is made from the tables that the program runs by: services, transfer syntaxes, codecs, limits, keys, resources.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var statement = ConformanceStatement.Write(await ConformanceFacts.ReadAsync());
        if (arguments.Text("--out") is not { } path)
        {
            Console.Out.Write(statement);
            return ExitStatus.Done;
        }

        try
        {
            await File.WriteAllTextAsync(path, statement, cancellation);
            return ExitStatus.Done;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{path}: {refusal.Message}");
            return ExitStatus.Failed;
        }
    }
}
