namespace ClinicalSuite.Store.Instances;

/// <summary>
/// Gives objects whose content is on the device their names and their journal entries, for all senders that wait together: the
/// renames, then one fsync of the folder, then one journal transaction, then the answers. The sender that finds nobody at it
/// does it for all, on its own thread; who comes meanwhile is in the next group.
/// </summary>
internal sealed class CommitGroup(StoreFolder folder, IngestJournal journal, bool flushes)
{
    private readonly Lock gate = new();
    private readonly List<Doubtful> doubtful = [];
    private List<Waiting> waiting = [];
    private bool isBusy;
    private string lastFolder = "";

    /// <param name="temporary">The file, flushed; it is renamed.</param>
    /// <param name="entry">Without sequence number and path.</param>
    public Task<StoreOutcome> KeepAsync(string temporary, JournalEntry entry)
    {
        var mine = new Waiting(temporary, entry);
        lock (gate)
        {
            waiting.Add(mine);
            if (isBusy)
            {
                return mine.Outcome.Task;
            }

            isBusy = true;
        }

        CommitNext();
        return mine.Outcome.Task;
    }

    private void CommitNext()
    {
        List<Waiting> group;
        lock (gate)
        {
            (group, waiting) = (waiting, []);
        }

        Commit(group);
        lock (gate)
        {
            isBusy = waiting.Count > 0;
            if (isBusy)
            {
                // Elsewhere: this sender's answer must not wait for the others'.
                ThreadPool.UnsafeQueueUserWorkItem(static me => me.CommitNext(), this, preferLocal: false);
            }
        }
    }

    private void Commit(List<Waiting> group)
    {
        try
        {
            var fresh = new Dictionary<(string, string), Waiting>(group.Count);
            var repeats = new List<Waiting>();
            foreach (var one in group)
            {
                if (!AnswerIfKnown(one) && !fresh.TryAdd(one.Key, one))
                {
                    repeats.Add(one);
                }
            }

            Keep([.. fresh.Values]);
            repeats.ForEach(repeat => AnswerAs(repeat, fresh[repeat.Key]));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            group.ForEach(one => one.Outcome.TrySetResult(new StoreOutcome.DeviceFailed(problem.Message)));
        }
#pragma warning disable CA1031 // handed to each sender's connection loop, which logs it: the next group goes on
        catch (Exception defect)
#pragma warning restore CA1031
        {
            group.ForEach(one => one.Outcome.TrySetException(defect));
        }
    }

    /// <summary>The same object from two senders at once: what became of the first is true of the second.</summary>
    private static void AnswerAs(Waiting repeat, Waiting first) => repeat.Outcome.SetResult(first.Outcome.Task.Result switch
    {
        StoreOutcome.Stored kept => new StoreOutcome.AlreadyStored(kept.Entry),
        StoreOutcome.ConflictKept kept => new StoreOutcome.AlreadyStored(kept.Entry),
        var refused => refused,
    });

    private bool AnswerIfKnown(Waiting one)
    {
        if (journal.Find(one.Entry.SopInstanceUid, one.Entry.DataSetSha256) is not { } entry)
        {
            return false;
        }

        var isWhole = StoreVerification.Problem(folder.Absolute(entry.Path), entry) is null;
        one.Outcome.SetResult(new StoreOutcome.AlreadyStored(isWhole ? entry : Mend(entry, one)));
        return true;
    }

    /// <summary>
    /// The file of an entry is missing or damaged, and its sender has brought the same data set again: it takes its place, with the
    /// file header of this sending.
    /// </summary>
    private JournalEntry Mend(JournalEntry entry, Waiting again)
    {
        var final = folder.Absolute(entry.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        File.Move(again.Temporary, final, overwrite: true);
        Flush(Path.GetDirectoryName(final)!);
        var mended = entry with
        {
            HeaderLength = again.Entry.HeaderLength,
            Length = again.Entry.Length,
            HeaderSha256 = again.Entry.HeaderSha256,
        };
        journal.Amend(mended);
        return mended;
    }

    private void Keep(List<Waiting> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        var named = Name(group);
        try
        {
            foreach (var path in named.Select(one => Path.GetDirectoryName(one.Final)!).Distinct())
            {
                Flush(path);
            }

            var written = journal.Append([.. named.Select(one => one.Entry)]);
            Settle();
            for (var i = 0; i < named.Count; i++)
            {
                named[i].Outcome.SetResult(
                    written[i].IsConflict ? new StoreOutcome.ConflictKept(written[i]) : new StoreOutcome.Stored(written[i]));
            }
        }
        catch (IOException problem)
        {
            TakeBack(named, problem);
        }
    }

    /// <summary>Renames; who cannot be renamed is answered and left out.</summary>
    private List<Waiting> Name(List<Waiting> group)
    {
        var sequence = journal.Reserve(group.Count);
        var named = new List<Waiting>(group.Count);
        foreach (var one in group)
        {
            try
            {
                var path = StoreFolder.InstancePath(sequence);
                one.Final = folder.Absolute(path);
                one.Entry = one.Entry with { Sequence = sequence++, Path = path };
                MakeFolder(Path.GetDirectoryName(one.Final)!);
                File.Move(one.Temporary, one.Final, overwrite: true);
                named.Add(one);
            }
            catch (IOException problem)
            {
                one.Outcome.SetResult(StoreOutcome.Of(problem));
            }
        }

        return named;
    }

    /// <summary>One folder for each thousand, so that senders that come together share its flush.</summary>
    private void MakeFolder(string path)
    {
        if (path == lastFolder)
        {
            return;
        }

        Directory.CreateDirectory(path);
        Flush(folder.Instances);
        lastFolder = path;
    }

    private void Flush(string path)
    {
        if (flushes)
        {
            DurableFile.FlushFolder(path);
        }
    }

    /// <summary>
    /// After a full disk the journal certainly has no entry. After a device error it may have: the frames may lie in the log and
    /// be found there by the next process. Such a file stays until a later commit has overwritten them.
    /// </summary>
    private void TakeBack(List<Waiting> named, IOException problem)
    {
        foreach (var one in named)
        {
            if (DurableFile.IsNoSpace(problem))
            {
                File.Delete(one.Final);
            }
            else
            {
                doubtful.Add(new Doubtful(one.Entry.SopInstanceUid, one.Entry.DataSetSha256, one.Final));
            }

            one.Outcome.SetResult(StoreOutcome.Of(problem));
        }
    }

    private void Settle()
    {
        foreach (var file in doubtful)
        {
            if (folder.Absolute(journal.Find(file.SopInstanceUid, file.DataSetSha256)?.Path ?? "") != file.Path)
            {
                File.Delete(file.Path);
            }
        }

        doubtful.Clear();
    }

    private sealed record Doubtful(string SopInstanceUid, string DataSetSha256, string Path);

    private sealed class Waiting(string temporary, JournalEntry entry)
    {
        public string Temporary => temporary;

        public JournalEntry Entry { get; set; } = entry;

        public string Final { get; set; } = "";

        public (string, string) Key => (Entry.SopInstanceUid, Entry.DataSetSha256);

        // Continuations elsewhere: the group goes on with the next answer, not with a sender's next object.
        public TaskCompletionSource<StoreOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
