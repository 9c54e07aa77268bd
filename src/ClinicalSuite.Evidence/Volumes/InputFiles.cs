using System.IO.Compression;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Opens files and archive entries; keeps each archive open until disposed. Safe to call from several threads.</summary>
public sealed class InputFiles(InputLimits limits) : IDisposable
{
    private static ReadOnlySpan<byte> ZipMagic => "PK\x03\x04"u8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ZipArchive> _archives = new(StringComparer.Ordinal);
    private long _inflatedBytes;

    /// <summary>
    /// The files behind paths: a file is itself, a folder its files, an archive its entries; in an order that does not depend on
    /// the file system.
    /// </summary>
    /// <exception cref="InputRefusedException">A path does not exist, or there are more files than the limit.</exception>
    public IReadOnlyList<(InputFile File, bool GivenByName)> Expand(IReadOnlyList<string> paths)
    {
        var files = new List<(InputFile, bool)>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (var inside in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal))
                {
                    AddFile(inside, byName: false);
                }
            }
            else if (System.IO.File.Exists(path))
            {
                AddFile(path, byName: true);
            }
            else
            {
                throw new InputRefusedException(InputReasons.NoInput, "no such file or folder", path);
            }
        }

        return files;

        void AddFile(string path, bool byName)
        {
            if (!IsZip(path))
            {
                Add(new InputFile(path), byName);
                return;
            }

            foreach (var entry in Archive(path).Entries
                .Where(entry => entry.Length > 0 && !entry.FullName.EndsWith('/'))
                .Select(entry => entry.FullName)
                .Order(StringComparer.Ordinal))
            {
                Add(new InputFile(path, entry), byName: false);
            }
        }

        void Add(InputFile file, bool byName)
        {
            if (files.Count == limits.FileCount)
            {
                throw new InputRefusedException(
                    InputReasons.TooLarge, $"more than {limits.FileCount} files", file.Path);
            }

            files.Add((file, byName));
        }
    }

    /// <summary>Everything up to the pixels; an archive entry is inflated no further. For one thread.</summary>
    /// <exception cref="DicomFormatException">The file is not DICOM or is damaged.</exception>
    public DicomDataset ReadHeader(InputFile file)
    {
        if (file.Entry is null)
        {
            return DicomFile.Open(file.Path, DicomReadOptions.HeaderOnly).Dataset;
        }

        using var stream = OpenEntry(file);
        return DicomFile.Open(stream, DicomReadOptions.HeaderOnly).Dataset;
    }

    /// <summary>The whole object. Its large values stay in the file, or in memory for an archive entry.</summary>
    /// <exception cref="DicomFormatException">The file is not DICOM or is damaged.</exception>
    /// <exception cref="InputRefusedException">The archive is damaged or inflates beyond the limit.</exception>
    public DicomDataset Read(InputFile file) => ReadFile(file).Dataset;

    /// <summary>As <see cref="Read"/>, with the file meta information.</summary>
    /// <exception cref="DicomFormatException">The file is not DICOM or is damaged.</exception>
    /// <exception cref="InputRefusedException">The archive is damaged or inflates beyond the limit.</exception>
    public DicomFile ReadFile(InputFile file) => file.Entry is null ? DicomFile.Open(file.Path) : DicomFile.Open(Inflate(file));

    /// <summary>Whether the file claims to be Part 10: DICM at byte 128 (PS3.10 7.1).</summary>
    public bool IsPart10(InputFile file)
    {
        Span<byte> head = stackalloc byte[132];
        using Stream stream = file.Entry is null ? System.IO.File.OpenRead(file.Path) : OpenEntry(file);
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head[128..].SequenceEqual("DICM"u8);
    }

    public void Dispose()
    {
        foreach (var archive in _archives.Values)
        {
            archive.Dispose();
        }
    }

    /// <summary>Each byte that is inflated counts, whoever reads it.</summary>
    private EntryStream OpenEntry(InputFile file)
    {
        var entry = Archive(file.Path).GetEntry(file.Entry!)
            ?? throw new InputRefusedException(InputReasons.NoInput, "no such entry", file.ToString());
        return new EntryStream(entry.Open(), file, Math.Min(limits.FileBytes, Array.MaxLength), count =>
            Interlocked.Add(ref _inflatedBytes, count) <= limits.ArchiveBytes);
    }

    private ReadOnlyMemory<byte> Inflate(InputFile file)
    {
        // One archive is one stream: entries are inflated one after the other, and decoded side by side.
        lock (_gate)
        {
            try
            {
                using var source = OpenEntry(file);
                using var target = new MemoryStream(1 << 20);
                source.CopyTo(target, 1 << 16);
                return target.GetBuffer().AsMemory(0, (int)target.Length);
            }
            catch (InvalidDataException e)
            {
                throw new InputRefusedException(
                    InputReasons.Unreadable, "the archive entry is damaged", file.ToString(), null, e);
            }
        }
    }

    private ZipArchive Archive(string path)
    {
        lock (_gate)
        {
            if (!_archives.TryGetValue(path, out var archive))
            {
                try
                {
                    archive = ZipFile.OpenRead(path);
                }
                catch (InvalidDataException e)
                {
                    throw new InputRefusedException(
                        InputReasons.Unreadable, "the archive is damaged", path, null, e);
                }

                _archives.Add(path, archive);
            }

            return archive;
        }
    }

    private static bool IsZip(string path)
    {
        Span<byte> head = stackalloc byte[4];
        using var handle = System.IO.File.OpenHandle(path);
        return RandomAccess.Read(handle, head, 0) == 4 && head.SequenceEqual(ZipMagic);
    }
}
