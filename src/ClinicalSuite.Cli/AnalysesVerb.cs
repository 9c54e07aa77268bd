using ClinicalSuite.Analyses;
using ClinicalSuite.Cli.CommandLine;

namespace ClinicalSuite.Cli;

/// <summary>Lists the catalogue.</summary>
internal sealed class AnalysesVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "analyses",
        Summary = "the catalogue: id, version, accepted input, outputs, settings",
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        foreach (var analysis in AnalysisCatalog.All)
        {
            Console.Out.WriteLine($"{analysis.Id} {analysis.Version}  {analysis.Description.Title}");
            Console.Out.WriteLine($"  input    {analysis.Description.AcceptedInput}");
            Console.Out.WriteLine($"  outputs  {analysis.Description.Outputs}");
            foreach (var (key, meaning) in analysis.Description.Settings)
            {
                Console.Out.WriteLine($"  --set {key}=  {meaning}");
            }
        }

        return Task.FromResult(ExitStatus.Done);
    }
}
