using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// What is to be written down of one association, in order and beside its messages: no acknowledgement waits for the clinic's
/// database, and none fails with it.
/// </summary>
internal sealed class AssociationNotes(ILogger log)
{
    private readonly Lock gate = new();
    private Task written = Task.CompletedTask;

    public void Add(Func<Task> write)
    {
        lock (gate)
        {
            written = WriteAfterAsync(written, write);
        }
    }

    /// <summary>Completes when all that was added so far is written or has failed.</summary>
    public Task WrittenAsync()
    {
        lock (gate)
        {
            return written;
        }
    }

    private async Task WriteAfterAsync(Task earlier, Func<Task> write)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await write();
        }
#pragma warning disable CA1031 // part of the connection loop: a note that cannot be written takes nothing from the objects
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Log.NoteFailed(log, fault);
        }
    }
}
