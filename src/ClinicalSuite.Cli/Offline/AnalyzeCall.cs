using System.Globalization;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Values;
using ClinicalSuite.Findings;
using ClinicalSuite.Pipeline.Execution;

namespace ClinicalSuite.Cli.Offline;

/// <summary>The words of <c>analyze</c>, understood.</summary>
internal sealed record AnalyzeCall
{
    public required IAnalysis Analysis { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    public required string Out { get; init; }

    public string? ContextFile { get; init; }

    public string? ValuesFile { get; init; }

    public IReadOnlyList<LabelFile> Labels { get; init; } = [];

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public bool WithArrays { get; init; }

    public int Threads { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <returns>The call, or the complaint; exactly one of the two is not null.</returns>
    public static (AnalyzeCall? Call, string? Complaint) Read(Arguments arguments, IReadOnlyList<IAnalysis> catalog)
    {
        var id = arguments.Operands[0];
        var analysis = catalog.FirstOrDefault(a => a.Id == id);
        if (analysis is null)
        {
            var near = ArgumentParser.Nearest(id, catalog.Select(a => a.Id));
            return (null, $"unknown analysis {id}" + (near is null ? "; `clinicalsuite analyses` lists them" : $"; did you mean {near}?"));
        }

        if (arguments.Text("--out") is not { } folder)
        {
            return (null, "analyze needs --out DIR");
        }

        var (settings, complaint) = ReadSettings(arguments.List("--set"), analysis);
        if (complaint is not null)
        {
            return (null, complaint);
        }

        var epoch = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH");
        long seconds = 0;
        if (!string.IsNullOrEmpty(epoch) && !long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
        {
            return (null, "SOURCE_DATE_EPOCH is no whole number of seconds");
        }

        return (new AnalyzeCall
        {
            Analysis = analysis,
            Inputs = [.. arguments.Operands.Skip(1)],
            Out = folder,
            ContextFile = arguments.Text("--context"),
            ValuesFile = arguments.Text("--values"),
            Labels = [.. arguments.List("--labels").Select(Label)],
            Settings = settings,
            WithArrays = arguments.Has("--arrays"),
            Threads = Math.Max(1, arguments.Number("--threads") ?? Environment.ProcessorCount),
            Time = string.IsNullOrEmpty(epoch) ? null : DateTimeOffset.FromUnixTimeSeconds(seconds),
        }, null);
    }

    /// <exception cref="InputRefusedException">The file of values cannot be read.</exception>
    public AnalysisOrder Order(string folder) => new()
    {
        AnalysisId = Analysis.Id,
        Inputs = Inputs,
        ContextFile = ContextFile,
        ClinicalValues = ValuesFile is null ? [] : ClinicalValueTable.Read(ValuesFile),
        Labels = Labels,
        Settings = Settings,
        OutputFolder = folder,
        WithArrays = WithArrays,
        Threads = Threads,
        Time = Time,
        Device = Device(),
    };

    /// <summary>No installation has made it: the serial number says so, and is the same everywhere.</summary>
    private static DeviceIdentity Device() => Maker.Device("OFFLINE", "offline");

    /// <summary>A file whose own name holds an equals sign is taken as it is.</summary>
    private static LabelFile Label(string text)
    {
        var at = text.LastIndexOf('=');
        return at <= 0 || File.Exists(text) ? new LabelFile(text, null) : new LabelFile(text[..at], text[(at + 1)..]);
    }

    private static (IReadOnlyDictionary<string, string> Settings, string? Complaint) ReadSettings(
        IReadOnlyList<string> words, IAnalysis analysis)
    {
        var settings = new Dictionary<string, string>();
        var known = analysis.Description.Settings.Select(setting => setting.Key).ToList();
        foreach (var word in words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                return (settings, $"--set {word}: not KEY=VALUE");
            }

            var key = word[..at];
            if (!known.Contains(key))
            {
                var near = ArgumentParser.Nearest(key, known);
                var hint = near is not null ? $"did you mean {near}?"
                    : known.Count == 0 ? "it takes none" : "it takes " + string.Join(", ", known);
                return (settings, $"{analysis.Id} has no setting {key}; {hint}");
            }

            if (!settings.TryAdd(key, word[(at + 1)..]))
            {
                return (settings, $"--set {key} was given twice");
            }
        }

        return (settings, null);
    }
}
