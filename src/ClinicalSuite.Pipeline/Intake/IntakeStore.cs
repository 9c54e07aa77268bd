using System.Buffers;
using System.Diagnostics;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// Takes the objects of one association: the data set goes to disk as it arrives, is checked there, made durable and
/// journalled, and only then answered with success (the order is <see cref="InstanceArchive"/>'s).
/// </summary>
/// <param name="refusal">What else may make an object unfit; it sees the data set of each that has passed so far.</param>
internal sealed class IntakeStore(
    InstanceArchive archive, IntakeBook book, SenderQuotas quotas, AssociationNotes notes,
    Func<DicomDataset, (DimseStatus Status, string Reason)?>? refusal = null) : IStoreProvider
{
    // A sender whose thousand objects are all refused needs no thousand lines on the page; the log has each.
    private const int MostLines = 20;

    /// <summary>Everything is judged; what is held does not grow with the object, however it is made.</summary>
    private static readonly DicomReadOptions Judging = new()
    {
        KeepOnly = HeaderFacts.Tags.Concat([DicomTag.SOPClassUID, DicomTag.SOPInstanceUID]).ToHashSet(),
    };

    private int lines;

    /// <summary>The association, once it was announced to the register.</summary>
    public AssociationIdentity? Opened { get; private set; }

    public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
    {
        if (Opened is null)
        {
            Opened = request.Association;
            book.Announce(request.Association);
            notes.Add(() => book.OpenedAsync(request.Association));
        }
        if (await quotas.RefusalAsync(request.Association.CallingAeTitle, cancellation) is { } overQuota)
        {
            Telemetry.ObjectsReceived.Add(1, Telemetry.Tag("outcome", "over_quota"));
            return Refuse(request, DimseStatus.QuotaUsedUp("the quota of this sender is used up"), overQuota);
        }
        await using var incoming = archive.Begin(new ReceivedInstance
        {
            SopInstanceUid = request.SopInstanceUid,
            SopClassUid = request.SopClassUid,
            TransferSyntaxUid = request.TransferSyntax,
            AssociationId = request.Association.Id,
            FileHeader = FileHeader(request),
        });
        await CopyAsync(request.DataSet, incoming, cancellation);
        if (!incoming.IsWhole)
        {
            return Answer(request, await CommitAsync(incoming, null));
        }
        // The device takes the content while the header is read.
        incoming.BeginFlush();
        var (problem, facts) = Check(request, incoming.TemporaryPath);
        if (problem is { } unfit)
        {
            Telemetry.ObjectsReceived.Add(1, Telemetry.Tag("outcome", "unfit"));
            return Refuse(request, unfit.Status, unfit.Reason);
        }
        return Answer(request, await CommitAsync(incoming, facts));
    }

    private DimseStatus Answer(StoreRequest request, StoreOutcome outcome) => outcome switch
    {
        StoreOutcome.Stored kept => Kept(request, kept.Entry),
        StoreOutcome.ConflictKept kept => Kept(request, kept.Entry),
        StoreOutcome.NoSpace problem => Refuse(
            request, DimseStatus.OutOfResources("out of disk space"), problem.Cause),
        StoreOutcome.DeviceFailed problem => Refuse(
            request, DimseStatus.ProcessingFailure("storage device failed"), problem.Cause),
        _ => DimseStatus.Success,
    };

    private DimseStatus Kept(StoreRequest request, JournalEntry entry)
    {
        quotas.Kept(request.Association.CallingAeTitle, entry.Length);
        return DimseStatus.Success;
    }

    private static async Task<StoreOutcome> CommitAsync(IncomingInstance incoming, InstanceFacts? facts)
    {
        var begun = Stopwatch.GetTimestamp();
        var outcome = await incoming.CommitAsync(facts);
        Count(outcome, Stopwatch.GetElapsedTime(begun));
        return outcome;
    }

    private static void Count(StoreOutcome outcome, TimeSpan taken)
    {
        Telemetry.ObjectsReceived.Add(1, Telemetry.Tag("outcome", outcome switch
        {
            StoreOutcome.Stored => "stored",
            StoreOutcome.AlreadyStored => "known",
            StoreOutcome.ConflictKept => "conflict",
            StoreOutcome.NoSpace => "no_space",
            _ => "device_failed",
        }));
        if (outcome is StoreOutcome.Stored { Entry.Length: var length })
        {
            Telemetry.BytesKept.Add(length);
            Telemetry.DurableSeconds.Record(taken.TotalSeconds);
        }
    }

    private static ReadOnlyMemory<byte> FileHeader(StoreRequest request)
    {
        using var header = new MemoryStream(512);
        DicomFileMeta.Write(header, request.SopClassUid, request.SopInstanceUid,
            DicomTransferSyntax.Of(request.TransferSyntax), request.Association.CallingAeTitle);
        return header.ToArray();
    }

    private static async Task CopyAsync(Stream dataSet, IncomingInstance incoming, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            for (int count; (count = await dataSet.ReadAsync(buffer, cancellation)) > 0;)
            {
                incoming.Write(buffer.AsMemory(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// What makes an object unfit to be kept, or what its header says, so that it need not be read again. The file is still in the
    /// page cache; large values are not read.
    /// </summary>
    private ((DimseStatus Status, string Reason)? Problem, InstanceFacts? Facts) Check(StoreRequest request, string path)
    {
        try
        {
            var dataSet = DicomFile.Open(path, Judging).Dataset;
            return (Mismatch(request, dataSet) ?? refusal?.Invoke(dataSet)) is { } unfit ? (unfit, null) : (null, Facts(dataSet));
        }
        catch (DicomFormatException problem)
        {
            // Tag path and reason say where; they never repeat a value.
            var reason = $"{problem.TagPath} {problem.Reason}".Trim();
            return ((DimseStatus.CannotUnderstand(reason), reason), null);
        }
    }

    /// <summary>Null where a value cannot be read: the object is kept all the same, and the register will say what is wrong.</summary>
    private static InstanceFacts? Facts(DicomDataset dataSet)
    {
        try
        {
            return HeaderFacts.Of(dataSet);
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private static (DimseStatus Status, string Reason)? Mismatch(StoreRequest request, DicomDataset dataSet)
    {
        if (dataSet.GetStringOrEmpty(DicomTag.SOPClassUID) != request.SopClassUid)
        {
            const string reason = "SOP Class UID (0008,0016) is not the one announced";
            return (DimseStatus.DataSetDoesNotMatchSopClass(reason), reason);
        }
        if (dataSet.GetStringOrEmpty(DicomTag.SOPInstanceUID) != request.SopInstanceUid)
        {
            const string reason = "SOP Instance UID (0008,0018) is not the one announced";
            return (DimseStatus.DataSetDoesNotMatchSopClass(reason), reason);
        }
        foreach (var tag in (DicomTag[])[DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID])
        {
            if (!IsUid(dataSet.GetStringOrEmpty(tag)))
            {
                var reason = $"{tag} is missing or no UID";
                return (DimseStatus.CannotUnderstand(reason), reason);
            }
        }
        return null;
    }

    /// <summary>Digits and dots, at most 64: what may become a key and a link. Leading zeros are let pass.</summary>
    private static bool IsUid(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => c == '.' || char.IsAsciiDigit(c));

    private DimseStatus Refuse(StoreRequest request, DimseStatus status, string reason)
    {
        var onTimeline = lines++ < MostLines;
        notes.Add(() => book.RefusedObjectAsync(request, status, reason, onTimeline));
        return status;
    }
}
