using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

/// <summary>Third-party files that lie beside the repository, never in it; tests that need them skip without.</summary>
internal static class SharedData
{
    /// <summary>The folder, or the test is skipped.</summary>
    public static string Folder(string name)
    {
        for (var root = new DirectoryInfo(AppContext.BaseDirectory); root is not null; root = root.Parent)
        {
            var path = Path.Combine(root.FullName, "..", "shared", "data", name);
            if (File.Exists(Path.Combine(root.FullName, "ClinicalSuite.sln")))
            {
                Assert.SkipUnless(Directory.Exists(path), $"../shared/data/{name} is absent");
                return Path.GetFullPath(path);
            }
        }

        Assert.Skip("the repository's root was not found");
        return "";
    }

    public static IEnumerable<string> DicomFiles(string folder) =>
        Directory.EnumerateFiles(Folder(folder), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is not (".zip" or ".md" or ".tsv" or ".bin" or ".raw"))
            .Order(StringComparer.Ordinal);
}
