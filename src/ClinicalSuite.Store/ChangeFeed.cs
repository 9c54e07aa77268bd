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

    /// <summary>UIDs of studies that changed, until cancelled. Listening begins with the first MoveNext.</summary>
    public async IAsyncEnumerable<string> ListenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var listener = new Listener();
        listeners[listener] = 0;
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
