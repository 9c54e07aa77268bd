using System.Runtime.CompilerServices;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Evidence;

/// <summary>Third-party test data beside the repository, never in it.</summary>
internal static class SharedData
{
    /// <summary>The path, or the test is skipped where the data is absent.</summary>
    public static string PathOf(string relative, [CallerFilePath] string here = "")
    {
        var root = Directory.GetParent(here);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ClinicalSuite.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine(root?.Parent?.FullName ?? "", "shared", "data", relative);
        Assert.SkipUnless(Path.Exists(path), $"test data ../shared/data/{relative} is absent");
        return path;
    }
}
