using System.IO.Compression;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A modality: sends files, folders and archives by C-STORE, one association for each study.</summary>
/// <param name="scratch">Where archive entries are unpacked; the caller removes it.</param>
/// <param name="complain">Hears of every object that was not taken, and why.</param>
internal sealed class StudySender(DicomPeer peer, DicomClientOptions options, string scratch, Action<string> complain)
{
    private readonly HashSet<string> acknowledged = new(StringComparer.Ordinal);
    private readonly List<string> unreadable = [];
    private int refused;
    private int left;
    private int unpacked;

    /// <summary>Sends all inputs; one that cannot be read does not hold up the others.</summary>
    public async Task<SendReport> SendAsync(IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        foreach (var input in inputs)
        {
            foreach (var objects in Read(input))
            {
                await SendStudyAsync(objects, cancellation);
            }
        }

        return new SendReport(acknowledged, unreadable, refused, left);
    }

    private List<IReadOnlyList<StorageObject>> Read(string input)
    {
        try
        {
            var reading = StudyReader.Read([input]);
            foreach (var file in reading.Skipped.Where(file => file.Reason != InputReasons.NotDicom))
            {
                complain($"{file.File}: not sent: {file.Reason.Meaning} ({file.Reason.Value}): {file.Cause}");
            }

            return [.. reading.Studies.Select(Objects)];
        }
        catch (Exception refusal) when (refusal is InputRefusedException or DicomFormatException)
        {
            unreadable.Add(refusal.Message);
            complain(refusal.Message);
            return [];
        }
    }

    private IReadOnlyList<StorageObject> Objects(SourceStudy study)
    {
        var files = study.Series.SelectMany(series => series.Instances).Select(instance => instance.File).ToList();
        var archives = files.Where(f => f.Entry is not null).Select(f => f.Path).Distinct()
            .ToDictionary(path => path, ZipFile.OpenRead);
        try
        {
            return [.. files.Select(file => StorageObject.Read(file.Entry is null ? file.Path : Unpack(archives[file.Path], file.Entry)))];
        }
        finally
        {
            foreach (var archive in archives.Values)
            {
                archive.Dispose();
            }
        }
    }

    /// <summary>The entry's own name plays no part in the path: it comes from outside.</summary>
    private string Unpack(ZipArchive archive, string entry)
    {
        Directory.CreateDirectory(scratch);
        var path = Path.Combine(scratch, $"{++unpacked}.dcm");
        archive.GetEntry(entry)!.ExtractToFile(path, overwrite: true);
        return path;
    }

    private async Task SendStudyAsync(IReadOnlyList<StorageObject> objects, CancellationToken cancellation)
    {
        var opening = await DicomClient.OpenAsync(peer, ContextProposal.For(objects), options, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            complain($"{peer}: {((AssociationOpening.Failed)opening).End.Describe()}");
            left += objects.Count;
            return;
        }

        await using (client)
        {
            var isLost = false;
            await client.StoreAllAsync(objects, (item, outcome) =>
            {
                Count(item, outcome, isTold: isLost);
                isLost |= outcome is SendOutcome.Lost;
                return Task.CompletedTask;
            });
        }
    }

    /// <param name="isTold">That the association is lost was said already.</param>
    private void Count(StorageObject item, SendOutcome outcome, bool isTold)
    {
        if (outcome is SendOutcome.Answered { Status: { IsSuccess: true } or { IsWarning: true } })
        {
            acknowledged.Add(item.SopInstanceUid);
            return;
        }

        if (!isTold)
        {
            complain($"{Path.GetFileName(item.Path)}: {Describe(outcome)}");
        }

        if (outcome is SendOutcome.Lost or SendOutcome.Answered { Status.IsTransientFailure: true })
        {
            left++;
        }
        else
        {
            refused++;
        }
    }

    private static string Describe(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Answered answered => $"not stored: status {answered.Status}",
        SendOutcome.NoContext none => $"not sent: {none.Problem}",
        SendOutcome.Lost lost => lost.End.Describe(),
        _ => "",
    };
}
