namespace ClinicalSuite.Cli.Demo;

/// <summary>The synthetic series that come with the source.</summary>
internal static class Samples
{
    private const string Folder = "dicom-samples";

    /// <summary>Looks beside the program and above it, then in the current folder; null when there is none.</summary>
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, Folder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return Directory.Exists(Folder) ? Path.GetFullPath(Folder) : null;
    }
}
