using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;
using ClinicalSuite.Findings;
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
        Options =
        [
            Option.Text("--data", "DIR", $"the appliance's folder (default {ServeSettings.DefaultDataFolder})"),
            Option.Number("--threads", "N", "files read at the same time (default 2)"),
        ],
        Remarks = "Works beside a running appliance. Names each instance that is missing or changed, and each extra file that no\n"
            + "sender was told of. Exit status 1 when an instance is missing or changed; extra files are no damage.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var folder = new StoreFolder(arguments.Text("--data") ?? ServeSettings.DefaultDataFolder);
        var threads = arguments.Number("--threads") ?? 2;
        if (!File.Exists(folder.JournalDatabase) || threads < 1)
        {
            return VerbSwitch.Misused(Description, threads < 1 ? "--threads: at least 1" : $"{folder.Path}: no store is there");
        }

        await using var journal = new IngestJournal(folder.JournalDatabase);
        return Report(folder, journal, threads, cancellation).IsClean ? ExitStatus.Done : ExitStatus.Failed;
    }

    /// <summary>Verifies with progress, and says what was found.</summary>
    internal static VerificationResult Report(StoreFolder folder, IngestJournal journal, int threads, CancellationToken cancellation)
    {
        VerificationResult result;
        using (var display = new ProgressDisplay(Console.Error, !Console.IsErrorRedirected, TimeProvider.System))
        {
            result = StoreVerification.Run(
                folder, journal, threads, (path, problem) => Console.Out.WriteLine($"{path}: {problem}"),
                share => display.Report(new AnalysisProgress(share, "verifying")), cancellation);
        }

        Console.Out.WriteLine(
            $"{result.Verified} instances verified, {result.Damaged} damaged; {result.Bytes / 1e6:0} MB read, {result.Extra} extra files");
        return result;
    }
}
