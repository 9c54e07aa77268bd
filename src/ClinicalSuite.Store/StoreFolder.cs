using System.Globalization;
using System.Security.Cryptography;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Store;

/// <summary>
/// Where everything lies that survives a restart:
/// <c>clinic.db</c>, <c>journal.db</c>, <c>incoming/</c> (half received), <c>instances/THOUSAND/NUMBER.dcm</c> by the number in
/// the journal, <c>runs/RUN/attempt-N/</c>.
/// One file system, so that a rename is atomic.
/// </summary>
public sealed class StoreFolder
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnly = OwnerReadsAndWrites | UnixFileMode.UserExecute;
    private const int InstancesPerFolder = 1000;

    public StoreFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Incoming = System.IO.Path.Combine(Path, "incoming");
        Instances = System.IO.Path.Combine(Path, "instances");
        Runs = System.IO.Path.Combine(Path, "runs");
    }

    public string Path { get; }

    public string Incoming { get; }

    public string Instances { get; }

    public string Runs { get; }

    /// <summary>Of the cookies of the pages.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    public string ClinicDatabase => System.IO.Path.Combine(Path, "clinic.db");

    public string JournalDatabase => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>
    /// A random number made with the folder. It is part of every run id, so that two installations that read the same study
    /// never give one UID to two different objects (PS3.5 9).
    /// </summary>
    public string InstallationId => File.ReadAllText(System.IO.Path.Combine(Path, "installation")).Trim();

    /// <summary>Where the object with that number in the journal lies, relative to the folder.</summary>
    internal static string InstancePath(long sequence) => string.Create(
        CultureInfo.InvariantCulture, $"instances/{sequence / InstancesPerFolder:D6}/{sequence:D9}.dcm");

    /// <summary>The numbers that a folder of instances holds.</summary>
    internal static (long First, long Last) Numbers(string instanceFolder)
    {
        var thousand = long.Parse(System.IO.Path.GetFileName(instanceFolder), NumberStyles.None, CultureInfo.InvariantCulture);
        return (thousand * InstancesPerFolder, ((thousand + 1) * InstancesPerFolder) - 1);
    }

    /// <summary>The folders of instances, oldest first.</summary>
    internal IReadOnlyList<string> InstanceFolders() =>
        [.. Directory.GetDirectories(Instances, "??????*").Where(path => System.IO.Path.GetFileName(path).All(char.IsAsciiDigit))
            .Order(StringComparer.Ordinal)];

    /// <summary>A path kept in the database, relative to the folder, made absolute.</summary>
    public string Absolute(string relative) => System.IO.Path.Combine(Path, relative);

    public string RunFolder(string runId) => System.IO.Path.Combine(Runs, runId);

    /// <summary>What an attempt writes; the database says which attempt's files are the results.</summary>
    public string AttemptFolder(string runId, long fence) => System.IO.Path.Combine(RunFolder(runId), $"attempt-{fence}");

    /// <summary>Makes the files of an attempt survive a power cut, before the database says that they exist.</summary>
    public void FlushAttempt(string runId, long fence)
    {
        var attempt = AttemptFolder(runId, fence);
        foreach (var file in Directory.GetFiles(attempt))
        {
            DurableFile.FlushFile(file);
        }

        DurableFile.FlushFolder(attempt);
        DurableFile.FlushFolder(RunFolder(runId));
        DurableFile.FlushFolder(Runs);
    }

    /// <summary>True when others than the owner may look into it: a mount of somebody else's, whose mode is not ours to change.</summary>
    public bool IsOpenToOthers => (File.GetUnixFileMode(Path) & ~OwnerOnly) != 0;

    /// <summary>Makes what is missing, durably, for the owner alone: everything in it is a patient's.</summary>
    public void Prepare()
    {
        foreach (var folder in new[] { Path, Incoming, Instances, Runs, Keys })
        {
            Close(Directory.CreateDirectory(folder, OwnerOnly).FullName, OwnerOnly);
        }

        foreach (var database in new[] { ClinicDatabase, JournalDatabase })
        {
            // Made empty before SQLite makes it readable for all; its log files take the mode of the database. One that is there
            // is not opened: closing it would let go of the locks that SQLite has on it in this process (fcntl(2)).
            if (!File.Exists(database))
            {
                new FileStream(database, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = OwnerReadsAndWrites,
                }).Dispose();
            }

            Close(database, OwnerReadsAndWrites);
        }

        var installation = System.IO.Path.Combine(Path, "installation");
        if (!File.Exists(installation))
        {
            var draft = installation + ".new";
            File.WriteAllText(draft, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + "\n");
            DurableFile.FlushFile(draft);
            File.Move(draft, installation);
        }

        DurableFile.FlushFolder(Instances);
        DurableFile.FlushFolder(Path);
    }

    private static void Close(string path, UnixFileMode mode)
    {
        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & mode);
        }
        catch (UnauthorizedAccessException)
        {
            // Not ours, though we may write there: the start says so in the log.
        }
    }
}
