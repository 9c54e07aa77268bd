using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Cli;

/// <summary>Re-reads and re-hashes every acknowledged instance; works beside a running appliance.</summary>
internal sealed class VerifyStoreVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "verify-store",
        Summary = "re-read and re-hash every acknowledged instance",
        Options = [Option.Text("--data", "DIR", $"the appliance's folder (default {ServeSettings.DefaultDataFolder})")],
        Remarks = "Exit status 1 when one is missing or changed.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var folder = new StoreFolder(arguments.Text("--data") ?? ServeSettings.DefaultDataFolder);
        if (!File.Exists(folder.JournalDatabase))
        {
            return VerbSwitch.Misused(Description, $"{folder.Path}: no store is there");
        }

        await using var journal = new IngestJournal(folder.JournalDatabase);
        var (verified, damaged) = StoreVerification.Run(
            folder, journal,
            (entry, problem) => Console.Out.WriteLine($"{entry.Path}: {problem}"),
            cancellation);
        Console.Out.WriteLine($"{verified} instances verified, {damaged} damaged");
        return damaged == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }
}
