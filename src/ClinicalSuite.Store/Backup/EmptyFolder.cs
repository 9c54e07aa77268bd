namespace ClinicalSuite.Store.Backup;

/// <summary>A place to write to that holds nothing yet.</summary>
internal static class EmptyFolder
{
    /// <exception cref="IOException">Something lies there.</exception>
    public static void Make(string path)
    {
        Directory.CreateDirectory(path);
        if (Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new IOException($"{path} is not empty");
        }
    }
}
