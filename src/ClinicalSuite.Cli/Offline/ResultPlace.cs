using System.Text.Json;
using ClinicalSuite.Evidence.Json;

namespace ClinicalSuite.Cli.Offline;

/// <summary>
/// The folder of <c>--out</c>. Results are made in a hidden folder inside it and moved when all are there, so that a call that ends early
/// leaves what was there before.
/// </summary>
internal sealed class ResultPlace : IDisposable
{
    private const string StagingName = ".unfinished";

    /// <summary>Results name the patient: they are for who made them. A folder that was there keeps its mode, its new files are closed.</summary>
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] Lists = ["objects", "arrays"];

    private readonly string _folder;
    private readonly bool _isNew;

    private ResultPlace(string folder, bool isNew) => (_folder, _isNew) = (folder, isNew);

    /// <summary>Where to write.</summary>
    public string Staging => Path.Combine(_folder, StagingName);

    public static ResultPlace Prepare(string folder)
    {
        var place = new ResultPlace(folder, !Directory.Exists(folder));
        place.DeleteStaging(); // what a killed call left
        Directory.CreateDirectory(folder, OwnerOnly);
        Directory.CreateDirectory(place.Staging, OwnerOnly);
        return place;
    }

    /// <summary>Takes away what an earlier call wrote, and nothing else, and moves the new results in.</summary>
    /// <returns>The paths of the new files.</returns>
    public IReadOnlyList<string> Replace()
    {
        foreach (var earlier in Directory.EnumerateDirectories(_folder, "run-*").Prepend(_folder).ToList())
        {
            DeleteEarlier(earlier);
        }

        var files = Directory.EnumerateFiles(Staging, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Staging, path))
            // The list of what was written comes last: where it is, everything is.
            .OrderBy(name => name.EndsWith(FindingsJson.FileName, StringComparison.Ordinal))
            .ThenBy(name => name, StringComparer.Ordinal)
            .ToList();
        foreach (var file in files)
        {
            var target = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!, OwnerOnly);
            File.SetUnixFileMode(Path.Combine(Staging, file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(Path.Combine(Staging, file), target, overwrite: true);
        }

        return [.. files.Select(file => Path.Combine(_folder, file))];
    }

    public void Dispose()
    {
        DeleteStaging();
        if (_isNew && !Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            Directory.Delete(_folder);
        }
    }

    private void DeleteStaging()
    {
        if (Directory.Exists(Staging))
        {
            Directory.Delete(Staging, recursive: true);
        }
    }

    private static void DeleteEarlier(string folder)
    {
        var list = Path.Combine(folder, FindingsJson.FileName);
        if (!File.Exists(list))
        {
            return;
        }

        foreach (var name in Names(list).Append(FindingsJson.FileName))
        {
            File.Delete(Path.Combine(folder, name));
        }

        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Plain names only: the file may have been changed since.</summary>
    private static List<string> Names(string list)
    {
        try
        {
            using var findings = JsonDocument.Parse(File.ReadAllBytes(list));
            var names = Lists
                .Where(property => findings.RootElement.TryGetProperty(property, out _))
                .SelectMany(property => findings.RootElement.GetProperty(property).EnumerateArray())
                .Select(name => name.GetString() ?? "")
                .ToList();
            var besides = names.Where(name => name.EndsWith(".npy", StringComparison.Ordinal)).Select(name => Path.ChangeExtension(name, ".json"));
            return [.. names.Concat(besides).Where(name => name.Length > 0 && Path.GetFileName(name) == name)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No list of ours: what lies there is not ours to take away.
            return [];
        }
    }
}
