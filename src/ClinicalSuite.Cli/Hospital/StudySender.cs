using System.IO.Compression;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A modality: sends files, folders and archives by C-STORE, one association for each study.</summary>
/// <param name="scratch">Where archive entries are unpacked; the caller removes it.</param>
/// <param name="complain">Hears of every object that was not taken, and why.</param>
internal sealed class StudySender(DicomPeer peer, string callingAeTitle, string scratch, Action<string> complain)
{
    private int unpacked;

    /// <summary>Sends all inputs; one that cannot be read does not hold up the others.</summary>
    public async Task<SendReport> SendAsync(IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var (unreadable, refused) = (0, 0);
        foreach (var input in inputs)
        {
            foreach (var objects in Read(input, ref unreadable))
            {
                refused += await SendStudyAsync(objects, acknowledged, cancellation);
            }
        }

        return new SendReport(acknowledged, unreadable, refused);
    }

    private List<IReadOnlyList<StorageObject>> Read(string input, ref int unreadable)
    {
        try
        {
            var reading = StudyReader.Read([input]);
            foreach (var file in reading.Skipped)
            {
                complain($"{file.File}: not sent: {file.Reason.Meaning} ({file.Reason.Value}): {file.Cause}");
            }

            return [.. reading.Studies.Select(Objects)];
        }
        catch (InputRefusedException refusal)
        {
            complain(refusal.Message);
        }
        catch (DicomFormatException refusal)
        {
            complain(refusal.Message);
        }

        unreadable++;
        return [];
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

    /// <returns>How many objects were not taken.</returns>
    private async Task<int> SendStudyAsync(
        IReadOnlyList<StorageObject> objects, HashSet<string> acknowledged, CancellationToken cancellation)
    {
        var options = new DicomClientOptions { CallingAeTitle = callingAeTitle };
        var opening = await DicomClient.OpenAsync(peer, ContextProposal.For(objects), options, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            complain($"{peer}: {((AssociationOpening.Failed)opening).End.Describe()}");
            return objects.Count;
        }

        var refused = 0;
        await using (client)
        {
            foreach (var file in objects)
            {
                var outcome = await client.StoreAsync(file);
                if (outcome is SendOutcome.Answered { Status: var status } && (status.IsSuccess || status.IsWarning))
                {
                    acknowledged.Add(file.SopInstanceUid);
                    continue;
                }

                refused++;
                complain($"{Path.GetFileName(file.Path)}: {Describe(outcome)}");
                if (outcome is SendOutcome.Lost)
                {
                    return objects.Count - acknowledged.Count;
                }
            }
        }

        return refused;
    }

    private static string Describe(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Answered answered => $"not stored: status {answered.Status}",
        SendOutcome.NoContext none => $"not sent: {none.Problem}",
        SendOutcome.Lost lost => lost.End.Describe(),
        _ => "",
    };
}
