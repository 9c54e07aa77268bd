using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;
using ClinicalSuite.Findings;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Backup;

namespace ClinicalSuite.Cli;

/// <summary>Copies the store while the appliance runs.</summary>
internal sealed class BackupVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "backup",
        Summary = "copy databases, instances and results while the appliance runs",
        Options =
        [
            Option.Text("--data", "DIR", $"the appliance's folder (default {ServeSettings.DefaultDataFolder})"),
            Option.Text("--to", "DIR", "where to; absent or empty"),
            Option.Text("--previous", "DIR", "an earlier backup on the same file system: what it has is linked, not copied"),
        ],
        Remarks = "The copy is consistent: it never has a row without its file. It holds patients' images and the accounts: keep it as\n"
            + "safe as the data folder. restore makes a store of it again. Exit status 1 when it is not whole.",
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation) => Task.FromResult(Write(arguments, cancellation));

    private int Write(Arguments arguments, CancellationToken cancellation)
    {
        var folder = new StoreFolder(arguments.Text("--data") ?? ServeSettings.DefaultDataFolder);
        if (arguments.Text("--to") is not { } target || !File.Exists(folder.JournalDatabase))
        {
            return VerbSwitch.Misused(
                Description, arguments.Has("--to") ? $"{folder.Path}: no store is there" : "--to: where shall the backup be?");
        }

        if (arguments.Text("--previous") is { } earlier && BackupManifest.Read(earlier) is null)
        {
            return VerbSwitch.Misused(Description, $"--previous: {earlier} holds no whole backup");
        }

        try
        {
            BackupManifest made;
            using (var display = new ProgressDisplay(Console.Error, !Console.IsErrorRedirected, TimeProvider.System))
            {
                made = StoreBackup.Write(
                    folder, Path.GetFullPath(target), arguments.Text("--previous") is { } previous ? Path.GetFullPath(previous) : null,
                    share => display.Report(new AnalysisProgress(share, "copying")), cancellation);
            }

            Console.Out.WriteLine($"{made.Instances} instances, {made.Bytes / 1e6:0} MB, as of {made.Created:yyyy-MM-dd HH:mm:ss} UTC");
            if (made.Missing > 0)
            {
                Console.Error.WriteLine($"backup: the store itself has lost {made.Missing} files: clinicalsuite verify-store names them");
            }

            return made.Missing == 0 ? ExitStatus.Done : ExitStatus.Failed;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"backup: {problem.Message}");
            return ExitStatus.Failed;
        }
    }
}
