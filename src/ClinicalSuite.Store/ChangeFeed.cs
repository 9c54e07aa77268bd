using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ClinicalSuite.Store;

/// <summary>
/// Says within this process that something about a study is different: pages and workers look again. Lossy by design
/// (what is true stands in the database); a listener that sleeps gets each study once.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Listener, byte> listeners = new();

    /// <summary>Wakes all listeners; an empty UID stands for what belongs to no study.</summary>
    public void Notify(string studyUid)
    {
        foreach (var listener in listeners.Keys)
        {
            listener.Add(studyUid);
        }
    }

    /// <summary>UIDs of studies that changed since this call, until cancelled.</summary>
    public IAsyncEnumerable<string> ListenAsync(CancellationToken cancellation)
    {
        // Listening begins here, not with the first MoveNext: what the caller looks at in between is not missed.
        var listener = new Listener();
        listeners[listener] = 0;
        return ReadAsync(listener, cancellation);
    }

    private async IAsyncEnumerable<string> ReadAsync(Listener listener, [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            await foreach (var study in listener.Changed.Reader.ReadAllAsync(cancellation))
            {
                listener.Taken(study);
                yield return study;
            }
        }
        finally
        {
            listeners.TryRemove(listener, out _);
        }
    }

    private sealed class Listener
    {
        private readonly ConcurrentDictionary<string, byte> waiting = new();

        public Channel<string> Changed { get; } = Channel.CreateUnbounded<string>();

        public void Add(string study)
        {
            if (waiting.TryAdd(study, 0))
            {
                Changed.Writer.TryWrite(study);
            }
        }

        public void Taken(string study) => waiting.TryRemove(study, out _);
    }
}
