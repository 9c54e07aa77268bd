using System.Security.Cryptography;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Store;

/// <summary>
/// Where everything lies that survives a restart:
/// <c>clinic.db</c>, <c>journal.db</c>, <c>incoming/</c> (half received), <c>instances/00..ff/</c>, <c>runs/RUN/attempt-N/</c>.
/// One file system, so that a rename is atomic.
/// </summary>
public sealed class StoreFolder
{
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

    public string ClinicDatabase => System.IO.Path.Combine(Path, "clinic.db");

    public string JournalDatabase => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>
    /// A random number made with the folder. It is part of every run id, so that two installations that read the same study
    /// never give one UID to two different objects (PS3.5 9).
    /// </summary>
    public string InstallationId => File.ReadAllText(System.IO.Path.Combine(Path, "installation")).Trim();

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

    /// <summary>Makes what is missing, durably. All shards exist from the start, so that storing an instance never makes a folder.</summary>
    public void Prepare()
    {
        foreach (var folder in new[] { Path, Incoming, Instances, Runs })
        {
            Directory.CreateDirectory(folder);
        }

        for (var shard = 0; shard < 256; shard++)
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Instances, shard.ToString("x2", null)));
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
}
