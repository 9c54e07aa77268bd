using Microsoft.Win32.SafeHandles;

namespace ClinicalSuite.Dicom.IO;

/// <summary>A file whose large values are read later, and its length when it was first read.</summary>
internal sealed class StoredFile(string path, long length)
{
    public string Path => path;

    public SafeFileHandle Open()
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (RandomAccess.GetLength(handle) == length)
        {
            return handle;
        }

        handle.Dispose();
        throw new DicomFormatException("the file has changed since it was opened", null, null, path);
    }
}
