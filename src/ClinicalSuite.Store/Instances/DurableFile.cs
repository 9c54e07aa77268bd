using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClinicalSuite.Store.Instances;

/// <summary>The two flushes that make a new file survive a power cut: its content, and the name in its folder (fsync(2)).</summary>
internal static partial class DurableFile
{
    private const int OpenReadOnly = 0;
    private const int OpenDirectory = 0x10000;
    private const int OpenCloseOnExec = 0x80000;

    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <exception cref="IOException">The device did not take the content; <see cref="IsNoSpace"/> says whether it is full.</exception>
    internal static void FlushContent(SafeFileHandle file)
    {
        if (FdataSync(file) != 0)
        {
            throw Failure("fdatasync");
        }
    }

    internal static void FlushFile(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        FlushContent(file);
    }

    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    internal static void FlushFolder(string path)
    {
        using var folder = OpenFolder(path);
        if (FSync(folder) != 0)
        {
            throw Failure("fsync of a folder");
        }
    }

    /// <summary>Everything that was written to the file system of a folder: for many files at once.</summary>
    /// <exception cref="IOException">The folder cannot be opened, or the device did not take all.</exception>
    internal static void FlushFileSystem(string path)
    {
        using var folder = OpenFolder(path);
        if (SyncFs(folder) != 0)
        {
            throw Failure("syncfs");
        }
    }

    /// <summary>A second name for a file; false where the file system has none.</summary>
    internal static bool TryLink(string existing, string name) => Link(existing, name) == 0;

    internal static bool IsNoSpace(IOException failure) => failure.HResult is NoSpaceLeft or QuotaExceeded;

    private static SafeFileHandle OpenFolder(string path)
    {
        var descriptor = Open(path, OpenReadOnly | OpenDirectory | OpenCloseOnExec);
        return descriptor < 0 ? throw Failure("open of a folder") : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static IOException Failure(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FdataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFs(SafeFileHandle folder);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}
