using System.Globalization;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>What /proc says about processes.</summary>
internal static class ProcessTable
{
    /// <summary>Those that live; a zombie does not.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) => [.. Directory.GetDirectories("/proc")
        .Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && IsLivingChild(path, parent))
        .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];

    private static bool IsLivingChild(string path, int parent)
    {
        try
        {
            // proc(5): pid (name) state ppid ...; the name may hold spaces and parentheses.
            var text = File.ReadAllText(Path.Combine(path, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] != "Z" && fields[1] == parent.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false; // it ended between the listing and the reading
        }
    }
}
