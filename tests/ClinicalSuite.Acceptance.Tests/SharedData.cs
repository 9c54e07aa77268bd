using ClinicalSuite.Acceptance.Tests.Architecture;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests;

/// <summary>Third-party test data beside the repository, never in it.</summary>
internal static class SharedData
{
    /// <summary>The path, or the test is skipped where the data is absent.</summary>
    public static string PathOf(string relative)
    {
        var path = Find(relative);
        Assert.SkipUnless(path is not null, $"test data ../shared/data/{relative} is absent");
        return path!;
    }

    /// <summary>The path, or null where the data is absent and the caller has something in its place.</summary>
    public static string? Find(string relative)
    {
        var path = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", "data", relative);
        return Path.Exists(path) ? path : null;
    }
}
