using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Store.Backup;

/// <summary>Makes a store of a backup.</summary>
public static class StoreRestore
{
    /// <param name="target">A folder that is absent or empty.</param>
    /// <exception cref="IOException">There is no whole backup, or the target is not empty or cannot be written.</exception>
    public static BackupManifest Run(string backup, string target, Action<double>? progress, CancellationToken cancellation)
    {
        var manifest = BackupManifest.Read(backup) ?? throw new IOException($"{backup} holds no whole backup");
        EmptyFolder.Make(target);
        var files = Directory.GetFiles(backup, "*", SearchOption.AllDirectories).Where(path => !BackupManifest.IsManifest(path)).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var to = Path.Combine(target, Path.GetRelativePath(backup, files[i]));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(files[i], to);
            progress?.Invoke((i + 1) / (double)files.Count);
        }

        DurableFile.FlushFileSystem(target);
        new StoreFolder(target).Prepare();
        return manifest;
    }
}
