using System.Xml.Linq;

namespace ClinicalSuite.Acceptance.Tests.Architecture;

/// <summary>The repository as text: its projects, their references, the lines of its sources.</summary>
internal static class Repository
{
    private const string Prefix = "ClinicalSuite.";

    public static string Root { get; } = FindRoot();

    /// <summary>Project name without prefix (Dicom, Store, ...) to the names of all projects it reaches.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> References { get; } = ReadReferences();

    /// <summary>Every source line under src as (path relative to src without the prefix, line).</summary>
    public static IEnumerable<(string Path, string Line)> SourceLines()
    {
        var src = Path.Combine(Root, "src");
        foreach (var file in Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(src, file).Replace(Prefix, "", StringComparison.Ordinal);
            if (path.Contains("node_modules", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var line in File.ReadLines(file))
            {
                yield return (path, line);
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClinicalSuite.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not lie inside the repository");
    }

    private static Dictionary<string, IReadOnlySet<string>> ReadReferences()
    {
        var direct = new Dictionary<string, List<string>>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var names = XDocument.Load(file).Descendants("ProjectReference")
                .Select(r => Name(r.Attribute("Include")!.Value)).ToList();
            direct[Name(file)] = names;
        }

        return direct.Keys.ToDictionary(name => name, name => (IReadOnlySet<string>)Reach(name, direct));
    }

    private static HashSet<string> Reach(string name, Dictionary<string, List<string>> direct)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(direct[name]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                direct[next].ForEach(open.Push);
            }
        }

        return reached;
    }

    private static string Name(string path) =>
        Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))[Prefix.Length..];
}
