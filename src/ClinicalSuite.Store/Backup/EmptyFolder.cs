namespace ClinicalSuite.Store.Backup;

/// <summary>A place to write to that holds nothing yet.</summary>
internal static class EmptyFolder
{
    /// <exception cref="IOException">Something lies there.</exception>
    public static void Make(string path)
    {
        // For the owner alone, as the data folder: everything in it is a patient's.
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new IOException($"{path} is not empty");
        }
    }
}
