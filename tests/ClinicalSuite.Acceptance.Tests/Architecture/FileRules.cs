using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Architecture;

/// <summary>Limits that keep the house readable.</summary>
public sealed class FileRules
{
    private static readonly string[] ForbiddenSuffixes = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common"];

    [Fact]
    public void No_source_file_has_more_than_500_lines_unless_generated()
    {
        var long_ = Repository.SourceLines()
            .Where(l => !Generated(l.Path))
            .GroupBy(l => l.Path)
            .Where(g => g.Count() > 500)
            .Select(g => $"{g.Key}: {g.Count()} lines");

        Assert.Empty(long_);
    }

    [Fact]
    public void No_line_is_wider_than_a_page()
    {
        // 120 columns is the aim; the hard limit leaves room for long literals and documentation tables.
        var wide = Repository.SourceLines().Where(l => !Generated(l.Path) && l.Line.Length > 160)
            .Select(l => $"{l.Path}: {l.Line.Trim()[..60]}");

        Assert.Empty(wide);
    }

    [Fact]
    public void No_type_is_named_after_nothing()
    {
        var vague = Repository.SourceLines().Select(l => l.Path).Distinct()
            .Where(path => ForbiddenSuffixes.Any(s => Path.GetFileNameWithoutExtension(path).EndsWith(s, StringComparison.Ordinal)));

        Assert.Empty(vague);
    }

    private static bool Generated(string path) =>
        path.EndsWith(".g.cs", StringComparison.Ordinal) || path.Contains("/Migrations/", StringComparison.Ordinal);
}
