namespace ClinicalSuite.Cli.Demo;

/// <summary>The synthetic series that come with the source.</summary>
internal static class Samples
{
    private const string Folder = "dicom-samples";

    // Beside the images each sample has texts that are not to be sent.
    private const string Images = "dicom";

    /// <summary>The folders of images, looked for beside the program and above it, then in the current folder; empty when there is none.</summary>
    public static IReadOnlyList<string> Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, Folder);
            if (Directory.Exists(candidate))
            {
                return ImagesIn(candidate);
            }
        }

        return Directory.Exists(Folder) ? ImagesIn(Path.GetFullPath(Folder)) : [];
    }

    private static List<string> ImagesIn(string samples) =>
        [.. Directory.EnumerateDirectories(samples).Select(sample => Path.Combine(sample, Images)).Where(Directory.Exists).Order(StringComparer.Ordinal)];
}
