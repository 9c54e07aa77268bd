using System.IO.Compression;

namespace ClinicalSuite.Cli;

/// <summary>The files of an INPUT: a file, a folder with all below it, or the entries of a .zip.</summary>
internal static class InputFiles
{
    private const int MostEntries = 100_000;
    private const long MostInflatedBytes = 64L << 30;

    /// <summary>Each file with its name, opened when its turn comes; sorted by name.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">A .zip that is none or is beyond the limits.</exception>
    public static IEnumerable<(string Name, Func<Stream> Open)> Of(string input)
    {
        if (Directory.Exists(input))
        {
            return Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(path => (path, new Func<Stream>(() => File.OpenRead(path))));
        }

        if (!File.Exists(input))
        {
            throw new FileNotFoundException($"{input}: no such file or folder", input);
        }

        return Path.GetExtension(input).Equals(".zip", StringComparison.OrdinalIgnoreCase)
            ? Entries(input)
            : [(input, () => File.OpenRead(input))];
    }

    /// <summary>The archive's own statement of sizes is only a claim, so what is inflated is counted again.</summary>
    private static IEnumerable<(string Name, Func<Stream> Open)> Entries(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        if (archive.Entries.Count > MostEntries)
        {
            throw new InvalidDataException($"{path}: {archive.Entries.Count} entries, at most {MostEntries} are read");
        }

        var left = MostInflatedBytes;
        foreach (var entry in archive.Entries.Where(e => e.Name.Length > 0).OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            left -= entry.Length;
            if (left < 0)
            {
                throw new InvalidDataException($"{path}: more than {MostInflatedBytes} bytes when inflated");
            }

            yield return ($"{path}:{entry.FullName}", () => Inflate(entry));
        }
    }

    private static MemoryStream Inflate(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return stream.ReadByte() < 0
            ? new MemoryStream(bytes, writable: false)
            : throw new InvalidDataException($"{entry.FullName}: longer than the archive says");
    }
}
