using System.Diagnostics;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>A file system in memory that really fills up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("clinicalsuite-disk-").FullName;
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path), "a small file system can be mounted only by root");
        return new SmallDisk(path);
    }

    public void Grow(int megabytes) => Assert.True(Run("mount", "-o", $"remount,size={megabytes}m", Path));

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
