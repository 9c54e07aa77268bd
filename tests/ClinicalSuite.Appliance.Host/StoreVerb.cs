using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Appliance.Host;

/// <summary>Stores instances as four senders would, and says each UID once success may be said.</summary>
internal static class StoreVerb
{
    public static async Task<int> RunAsync(string data, int count)
    {
        var folder = new StoreFolder(data);
        folder.Prepare();
        await using var journal = new IngestJournal(folder.JournalDatabase);
        var archive = new InstanceArchive(folder, journal, new DiskSpace(folder, DiskWatermarks.None), TimeProvider.System);
        archive.RemoveLeftovers();
        var gate = new Lock();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (n, cancellation) =>
        {
            var uid = $"1.2.3.{n}";
            var image = new byte[60_000 + n];
            new Random(n).NextBytes(image);
            var received = new ReceivedInstance
            {
                SopInstanceUid = uid,
                SopClassUid = "1.2.840.10008.5.1.4.1.1.2",
                TransferSyntaxUid = "1.2.840.10008.1.2.1",
                AssociationId = "a",
                FileHeader = new byte[132],
            };
            if (await archive.StoreAsync(received, new MemoryStream(image), cancellation)
                is StoreOutcome.Stored or StoreOutcome.AlreadyStored)
            {
                lock (gate)
                {
                    Console.Out.WriteLine(uid);
                    Console.Out.Flush();
                }
            }
        });
        return 0;
    }
}
