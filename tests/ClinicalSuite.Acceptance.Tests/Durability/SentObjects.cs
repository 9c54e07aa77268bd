using System.Collections.Concurrent;
using System.Security.Cryptography;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>Synthetic objects, what was sent of them, what was acknowledged, and the comparison of that with a store.</summary>
internal sealed class SentObjects(string folder, int pixelBytes)
{
    public const string Sender = "SCANNER";
    private const string Root = "1.2.826.0.1.3680043.8.498.91";

    private readonly ConcurrentDictionary<string, string> hashes = new();
    private int made;

    /// <summary>Answers by status; a lost connection is no answer.</summary>
    public ConcurrentDictionary<ushort, int> Answers { get; } = new();

    public ConcurrentDictionary<string, byte> Acknowledged { get; } = new();

    /// <summary>Sends new objects by several associations until each has sent its share, or the other side is gone.</summary>
    /// <param name="acknowledged">Called after each success, with the number of all so far.</param>
    public Task SendAsync(
        int port, int associations, int each, Action<int>? acknowledged = null, CancellationToken cancellation = default)
    {
        var shares = Enumerable.Range(0, associations).Select(_ => Enumerable.Range(0, each).Select(_ => Write()).ToList()).ToList();
        return Task.WhenAll(shares.Select(share => Task.Run(() => SendAsync(port, share, acknowledged, cancellation), CancellationToken.None)));
    }

    /// <summary>
    /// Everything acknowledged is there with the same bytes; whatever else has an entry was sent whole too (its answer was lost on
    /// the way); no file is there without an entry.
    /// </summary>
    /// <returns>How many are kept of which the sender does not know.</returns>
    public async Task<int> AssertKeptAsync(string data)
    {
        var store = new StoreFolder(data);
        await using var journal = new IngestJournal(store.JournalDatabase);
        var entries = journal.After(0, int.MaxValue);
        Assert.Superset(Acknowledged.Keys.ToHashSet(), entries.Select(entry => entry.SopInstanceUid).ToHashSet());
        foreach (var entry in entries)
        {
            var bytes = await File.ReadAllBytesAsync(store.Absolute(entry.Path));
            Assert.Equal(hashes[entry.SopInstanceUid], Convert.ToHexString(SHA256.HashData(bytes.AsSpan(entry.HeaderLength))));
        }

        Assert.Equal(
            entries.Select(entry => store.Absolute(entry.Path)).Order(),
            Directory.GetFiles(store.Instances, "*", SearchOption.AllDirectories).Order());
        return entries.Count - Acknowledged.Count;
    }

    private async Task SendAsync(int port, List<string> files, Action<int>? acknowledged, CancellationToken cancellation)
    {
        var objects = files.Select(StorageObject.Read).ToList();
        var opening = await DicomClient.OpenAsync(
            new DicomPeer(Loop.ServingAppliance.Title, "127.0.0.1", port), ContextProposal.For(objects),
            new DicomClientOptions { CallingAeTitle = Sender }, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            return;
        }

        await using (client)
        {
            foreach (var item in objects)
            {
                if (await client.StoreAsync(item) is not SendOutcome.Answered { Status: var status })
                {
                    return;
                }

                Answers.AddOrUpdate(status.Code, 1, (_, count) => count + 1);
                if (status.IsSuccess)
                {
                    Acknowledged.TryAdd(item.SopInstanceUid, 0);
                    acknowledged?.Invoke(Acknowledged.Count);
                }
            }
        }
    }

    private string Write()
    {
        var number = Interlocked.Increment(ref made);
        var uid = $"{Root}.1.1.{number}";
        var pixels = new byte[pixelBytes];
        new Random(number).NextBytes(pixels);
        var dataSet = new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, uid)
            .AddOrUpdate(DicomTag.StudyInstanceUID, Root + ".1")
            .AddOrUpdate(DicomTag.SeriesInstanceUID, Root + ".1.1")
            .AddOrUpdate(DicomTag.Modality, "CT")
            .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "LOCALIZER")
            .AddOrUpdate(DicomTag.InstanceNumber, $"{number}")
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, pixels);
        using var bytes = new MemoryStream();
        DicomFile.WriteDataset(dataSet, bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
        hashes[uid] = Convert.ToHexString(SHA256.HashData(bytes.ToArray()));
        var path = Path.Combine(folder, $"{number}.dcm");
        DicomFile.Create(dataSet).Save(path);
        return path;
    }
}
