using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Architecture;

/// <summary>Limits that keep the house readable.</summary>
public sealed class FileRules
{
    private const int LongestMethod = 70;

    private static readonly string[] ForbiddenSuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Info", "Data", "Base"];

    /// <summary>Words of the standard (PS3.3 C.7.6.3, PS3.18 10.4) that happen to end so.</summary>
    private static readonly string[] StandardWords = ["PixelData", "BulkData"];

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
        Assert.DoesNotContain(Repository.SourceLines().Select(l => l.Path).Distinct(), IsVague);
        Assert.True(IsVague("Store/RunInfo.cs") && IsVague("Dicom/ImageData.Reading.cs"), "the rule itself catches nothing");
    }

    [Fact]
    public void No_method_is_longer_than_70_lines()
    {
        var sources = Repository.SourceLines().Where(l => !Generated(l.Path)).GroupBy(l => l.Path, l => l.Line);

        Assert.Empty(sources.SelectMany(source => LongMethods([.. source]).Select(line => $"{source.Key}: {line}")));
        string[] known = ["    void Long()", "    {", .. Enumerable.Repeat("        Next();", LongestMethod + 1), "    }"];
        Assert.Equal(["void Long()"], LongMethods(known));
    }

    /// <summary>Formatted code tells by its columns: the body of a member of a type stands between braces in the fifth column.</summary>
    private static IEnumerable<string> LongMethods(string[] lines)
    {
        var start = -1;
        for (var number = 0; number < lines.Length; number++)
        {
            if (lines[number] == "    {")
            {
                start = number;
            }
            else if (start >= 0 && lines[number].StartsWith("    }", StringComparison.Ordinal))
            {
                var head = string.Concat(lines.Take(start).Reverse().TakeWhile(line => !line.StartsWith("    }", StringComparison.Ordinal)
                    && line.Length > 0).Reverse()).Trim();
                if (number - start - 1 > LongestMethod && head.Contains('(', StringComparison.Ordinal) && !IsType(head))
                {
                    yield return head;
                }

                start = -1;
            }
        }
    }

    private static bool IsType(string head) =>
        new[] { " class ", " record ", " struct ", " interface ", " enum " }.Any(word => head.Contains(word, StringComparison.Ordinal));

    private static bool IsVague(string path)
    {
        // The parts of a partial type are named after it: DicomPixelData.Reading.
        var name = Path.GetFileName(path).Split('.')[0];
        return ForbiddenSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
            && !StandardWords.Any(word => name.EndsWith(word, StringComparison.Ordinal));
    }

    private static bool Generated(string path) =>
        path.EndsWith(".g.cs", StringComparison.Ordinal) || path.Contains("/Migrations/", StringComparison.Ordinal);
}
