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
        var descriptor = Open(path, OpenReadOnly | OpenDirectory | OpenCloseOnExec);
        if (descriptor < 0)
        {
            throw Failure("open of a folder");
        }

        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FSync(folder) != 0)
        {
            throw Failure("fsync of a folder");
        }
    }

    internal static bool IsNoSpace(IOException failure) => failure.HResult is NoSpaceLeft or QuotaExceeded;

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
}
