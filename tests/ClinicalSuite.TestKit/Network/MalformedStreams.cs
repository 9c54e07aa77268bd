using Xunit;

namespace ClinicalSuite.TestKit.Network;

/// <summary>
/// Raw upper-layer streams from outside the repository; tests on them are skipped where they are absent.
/// </summary>
public static class MalformedStreams
{
    public static IReadOnlyList<(string Name, byte[] Bytes)> All()
    {
        var folder = Folder();
        Assert.SkipUnless(folder is not null, "../shared/data/dicom/malformed/pdu is absent");
        return [.. Directory.GetFiles(folder!, "*.bin").Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "data", "dicom", "malformed", "pdu");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }
}
