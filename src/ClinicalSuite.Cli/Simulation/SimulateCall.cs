using ClinicalSuite.Cli.CommandLine;

namespace ClinicalSuite.Cli.Simulation;

/// <summary>The words of <c>simulate</c>, understood.</summary>
internal sealed record SimulateCall(
    SimulationKind Kind, ulong Seed, string Out, IReadOnlyDictionary<string, string> Settings, int Threads)
{
    public string DicomFolder => Path.Combine(Out, "dicom");

    public string TruthFolder => Path.Combine(Out, "truth");

    /// <returns>The call, or the complaint; exactly one of the two is not null.</returns>
    public static (SimulateCall? Call, string? Complaint) Read(Arguments arguments)
    {
        var name = arguments.Operands[0];
        var kind = SimulationKind.All.FirstOrDefault(k => k.Name == name);
        if (kind is null)
        {
            return (null, $"unknown kind {name}; it is one of: {string.Join(", ", SimulationKind.All.Select(k => k.Name))}");
        }

        if (arguments.Number("--seed") is not { } seed || arguments.Text("--out") is not { } folder)
        {
            return (null, "simulate needs --seed N and --out DIR");
        }

        var settings = new Dictionary<string, string>();
        foreach (var word in arguments.List("--set"))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !kind.Settings.ContainsKey(word[..at]))
            {
                return (null, $"--set {word}: {kind.Name} takes {string.Join(", ", kind.Settings.Select(s => $"{s.Key}={s.Value}"))}");
            }

            if (!settings.TryAdd(word[..at], word[(at + 1)..]))
            {
                return (null, $"--set {word[..at]} was given twice");
            }
        }

        var call = new SimulateCall(
            kind, (ulong)seed, folder, settings, Math.Max(1, arguments.Number("--threads") ?? Environment.ProcessorCount));
        foreach (var target in (string[])[call.DicomFolder, call.TruthFolder])
        {
            if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            {
                return (null, $"{target} is not empty: two series must not mix");
            }
        }

        return (call, null);
    }

    /// <summary>A value that the kind cannot take, as a complaint.</summary>
    public string Refuse(string key) => $"--set {key}={Settings[key]}: {Kind.Name} takes {key}={Kind.Settings[key]}";
}
