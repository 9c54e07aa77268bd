using System.Text.RegularExpressions;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Architecture;

/// <summary>Which library may be touched in which folder. The last row is known to be broken and proves that the check can fail.</summary>
public sealed class SourceLineRules
{
    /// <summary>Name, pattern of a line, folders under src (without prefix) in which such a line may stand, whether the rule holds.</summary>
    public static TheoryData<string, string, string[], bool> Rules() => new()
    {
        { "EF Core", @"^\s*(global )?using .*Microsoft\.EntityFrameworkCore", ["Store/"], true },
        { "SQLite", @"^\s*(global )?using .*(Microsoft\.Data\.Sqlite|SQLitePCL)", ["Store/", "Pipeline/Execution/"], true },
        { "Quartz", @"^\s*(global )?using .*Quartz", ["Pipeline/Execution/"], true },
        { "cairo and pango", @"(DllImport|LibraryImport).*(cairo|pango|gobject)", ["Evidence/Drawing/"], true },
        { "native codecs", @"(DllImport|LibraryImport).*(openjp2|charls|turbojpeg)", ["Dicom/Pixels/"], true },
        { "HDF5", @"(DllImport|LibraryImport).*hdf5", ["RawData/"], true },
        {
            "ASP.NET Core", @"^\s*(global )?using .*Microsoft\.AspNetCore\.",
            ["Server/", "Pipeline/Intake/", "Store/Identity/"], true
        },
        { "blocking waits", @"\.GetAwaiter\(\)\.GetResult\(\)|Thread\.Sleep", [], true },
        { "a rule known to be broken", @"^\s*using .*Microsoft\.EntityFrameworkCore", ["Nowhere/"], false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_library_is_touched_only_in_its_folder(string name, string pattern, string[] folders, bool holds)
    {
        var line = new Regex(pattern);
        var broken = Repository.SourceLines()
            .Where(l => line.IsMatch(l.Line) && !folders.Any(f => l.Path.StartsWith(f, StringComparison.Ordinal)))
            .Select(l => $"{l.Path}: {l.Line.Trim()}")
            .Distinct()
            .ToList();

        Assert.True(holds == (broken.Count == 0), $"{name}:\n{string.Join('\n', broken)}");
    }
}
