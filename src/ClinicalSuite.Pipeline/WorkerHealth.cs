using System.Collections.Concurrent;

namespace ClinicalSuite.Pipeline;

/// <summary>Which background workers cannot do their work at present, for <c>/ready</c>.</summary>
public sealed class WorkerHealth
{
    private readonly ConcurrentDictionary<string, bool> failing = new();

    /// <summary>Names of workers whose latest round failed.</summary>
    public IReadOnlyList<string> Failing => [.. failing.Keys.Order(StringComparer.Ordinal)];

    internal void Works(string worker) => failing.TryRemove(worker, out _);

    internal void Fails(string worker) => failing[worker] = true;
}
