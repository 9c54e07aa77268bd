using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Pipeline.Retention;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using ClinicalSuite.Store.Retention;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClinicalSuite.Cli;

/// <summary>Shows what the rules of the settings file let go, and lets it go when asked to.</summary>
internal sealed class RetentionVerb : IVerb
{
    private const string Apply = "--apply";

    public VerbDescription Description { get; } = new()
    {
        Name = "retention",
        Summary = "studies that the rules of the settings file let go; --apply removes them",
        Options =
        [
            Option.Text("--data", "DIR", $"the appliance's folder (default {ServeSettings.DefaultDataFolder})"),
            Option.Text("--settings", "FILE", "the settings file with the rules"),
            Option.Flag("--dry-run", "only show what would go (the default)"),
            Option.Flag(Apply, "remove it"),
        ],
        Remarks = "Works beside a running appliance. A study that is unfinished, not delivered, held or given up never goes, nor one\n"
            + "whose sender is connected. One line a study: StudyInstanceUID, latest image, instances, megabytes, rule.\n"
            + "Exit status 1 when a backup or another sweep is under way.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (settings, complaint) = ServeSettings.Read(arguments);
        if (settings is null)
        {
            return VerbSwitch.Misused(Description, complaint!);
        }

        var folder = new StoreFolder(settings.DataFolder);
        if (!File.Exists(folder.JournalDatabase) || (arguments.Has(Apply) && arguments.Has("--dry-run")))
        {
            return VerbSwitch.Misused(
                Description, arguments.Has("--dry-run") ? "--dry-run or --apply" : $"{folder.Path}: no store is there");
        }

        await using var journal = new IngestJournal(folder.JournalDatabase);
        var book = new RetentionBook(
            folder, journal, new ClinicDbFactory(folder, NullLoggerFactory.Instance), new ChangeFeed(), TimeProvider.System);
        return arguments.Has(Apply)
            ? await RemoveAsync(new RetentionSweep(book, folder), settings.Retention.Rules, cancellation)
            : Show(await book.PlanAsync(settings.Retention.Rules, cancellation), settings.Retention.Rules.Count);
    }

    private static int Show(IReadOnlyList<RetentionCandidate> plan, int rules)
    {
        foreach (var candidate in plan)
        {
            Line(candidate);
        }

        Console.Out.WriteLine(rules == 0
            ? "no rules: everything stays (retention.rules in the settings file)"
            : $"{plan.Count} studies, {plan.Sum(c => (long)c.Instances)} instances, {plan.Sum(c => c.Bytes) / 1e6:0.0} MB would go");
        return ExitStatus.Done;
    }

    private static async Task<int> RemoveAsync(RetentionSweep sweep, IReadOnlyList<RetentionRule> rules, CancellationToken cancellation)
    {
        if (await sweep.RunAsync(rules, Environment.UserName, Line, cancellation) is not { } count)
        {
            Console.Error.WriteLine("retention: a backup or another sweep is under way: try again when it has ended");
            return ExitStatus.Failed;
        }

        Console.Out.WriteLine($"{count} studies removed");
        return ExitStatus.Done;
    }

    private static void Line(RetentionCandidate candidate) => Console.Out.WriteLine(
        $"{candidate.StudyUid} {candidate.LastReceived:yyyy-MM-dd} {candidate.Instances} {candidate.Bytes / 1e6:0.0} {candidate.Rule}");
}
