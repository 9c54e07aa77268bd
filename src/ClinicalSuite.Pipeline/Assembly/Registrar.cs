using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Pipeline.Assembly;

/// <summary>Brings into the clinic's database what the journal has acknowledged. The journal is the truth.</summary>
public sealed class Registrar(StoreFolder folder, IngestJournal journal, StudyRegister register)
{
    private const int Together = 200;

    /// <summary>Registers everything that is not registered yet.</summary>
    /// <returns>How many entries were registered.</returns>
    public async Task<int> CatchUpAsync(CancellationToken cancellation)
    {
        var count = 0;
        var last = await register.LastRegisteredAsync(cancellation);
        while (journal.After(last, Together) is { Count: > 0 } entries)
        {
            await register.RegisterAsync([.. entries.Select(entry => HeaderReader.Read(folder, entry))], cancellation);
            last = entries[^1].Sequence;
            count += entries.Count;
        }

        return count;
    }
}
