using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;
using ClinicalSuite.Findings;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Backup;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Cli;

/// <summary>Makes a store of a backup, and verifies it.</summary>
internal sealed class RestoreVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "restore",
        Summary = "make a data folder of a backup, and verify it",
        Options =
        [
            Option.Text("--from", "DIR", "the backup"),
            Option.Text("--data", "DIR", "the folder to make; absent or empty"),
        ],
        Remarks = "serve on the new folder goes on where the backup was taken: runs and deliveries resume. Do not let the old and the\n"
            + "restored appliance run at the same time. Exit status 1 when an instance is missing or changed.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        if (arguments.Text("--from") is not { } backup || arguments.Text("--data") is not { } target)
        {
            return VerbSwitch.Misused(Description, "--from and --data are needed");
        }

        try
        {
            BackupManifest made;
            using (var display = new ProgressDisplay(Console.Error, !Console.IsErrorRedirected, TimeProvider.System))
            {
                made = StoreRestore.Run(
                    Path.GetFullPath(backup), Path.GetFullPath(target),
                    share => display.Report(new AnalysisProgress(share, "copying")), cancellation);
            }

            Console.Out.WriteLine($"restored as of {made.Created:yyyy-MM-dd HH:mm:ss} UTC");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"restore: {problem.Message}");
            return ExitStatus.Failed;
        }

        var folder = new StoreFolder(target);
        await using var journal = new IngestJournal(folder.JournalDatabase);
        return VerifyStoreVerb.Report(folder, journal, 2, cancellation).IsClean ? ExitStatus.Done : ExitStatus.Failed;
    }
}
