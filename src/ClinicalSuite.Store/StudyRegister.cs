using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>Writes what was received into the clinic's database, from the journal, which is the truth.</summary>
public sealed class StudyRegister(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    // Connections of this process whose row may not be written yet: their images may be registered first.
    private readonly ConcurrentDictionary<string, string> announced = new();

    /// <summary>Says at once who holds a connection; <see cref="AssociationOpenedAsync"/> writes it down.</summary>
    public void Announce(string associationId, string callingAeTitle) => announced[associationId] = callingAeTitle;

    public async Task AssociationOpenedAsync(
        string id, string callingAeTitle, string calledAeTitle, string peerAddress, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        db.Associations.Add(new Association
        {
            Id = id,
            CallingAeTitle = callingAeTitle,
            CalledAeTitle = calledAeTitle,
            PeerAddress = peerAddress,
            Opened = time.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(cancellation);
        // Its first images may have been registered before it was.
        var early = await db.Instances.Where(i => i.AssociationId == id && i.SeriesId != null).Select(i => i.Series!.StudyUid).Distinct()
            .ToListAsync(cancellation);
        await db.Studies.Where(s => early.Contains(s.Uid) && s.SenderAeTitle == "")
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SenderAeTitle, callingAeTitle), cancellation);
    }

    /// <param name="ending">released, aborted, lost, timed out.</param>
    public async Task AssociationClosedAsync(string id, string ending, CancellationToken cancellation)
    {
        announced.TryRemove(id, out _);
        await using var db = databases.Create();
        var now = time.GetUtcNow().UtcDateTime;
        await db.Associations.Where(a => a.Id == id && a.Closed == null).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Closed, now).SetProperty(a => a.Ending, ending), cancellation);
        var studies = await db.Instances.Where(i => i.AssociationId == id && i.SeriesId != null).Select(i => i.Series!.StudyUid).Distinct()
            .ToListAsync(cancellation);
        await db.Studies.Where(s => studies.Contains(s.Uid) && s.Revision > s.AssembledRevision)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.AssemblyDue, now), cancellation);
        changes.Notify("");
    }

    /// <summary>At start-up: no connection outlives the process that held it.</summary>
    public async Task<int> CloseAbandonedAssociationsAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var now = time.GetUtcNow().UtcDateTime;
        return await db.Associations.Where(a => a.Closed == null).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Closed, now).SetProperty(a => a.Ending, "restart"), cancellation);
    }

    /// <summary>The sequence number up to which the journal is registered.</summary>
    public async Task<long> LastRegisteredAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Instances.MaxAsync(i => (long?)i.Id, cancellation) ?? 0;
    }

    /// <summary>Waits until an object that was acknowledged is registered, as queries see it, or until the limit.</summary>
    public async Task UntilRegisteredAsync(string sopInstanceUid, TimeSpan limit, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        waiting.CancelAfter(limit);
        await using var db = databases.Create();
        await using var heard = changes.ListenAsync(waiting.Token).GetAsyncEnumerator(waiting.Token);
        try
        {
            while (!await db.Instances.AnyAsync(i => i.SopInstanceUid == sopInstanceUid, waiting.Token))
            {
                await heard.MoveNextAsync();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    /// <summary>Registers entries in journal order, all or none; entries that are registered already are left alone.</summary>
    public async Task RegisterAsync(IReadOnlyList<Registration> registrations, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var first = registrations.Min(r => r.Entry.Sequence);
        var last = registrations.Max(r => r.Entry.Sequence);
        var known = await db.Instances.Where(i => i.Id >= first && i.Id <= last).Select(i => i.Id).ToHashSetAsync(cancellation);
        var uids = registrations.Select(r => r.Entry.SopInstanceUid).ToList();
        var own = await db.Evidence.Where(e => uids.Contains(e.SopInstanceUid)).Select(e => e.SopInstanceUid).ToHashSetAsync(cancellation);
        var series = new Dictionary<(string, string), Series>();
        foreach (var registration in registrations.Where(r => !known.Contains(r.Entry.Sequence)))
        {
            await AddAsync(db, registration, own, series, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var study in registrations.Select(r => r.Facts?.StudyUid ?? "").Distinct())
        {
            changes.Notify(study);
        }
    }

    /// <param name="own">Instances among those of this call that this appliance made.</param>
    /// <param name="series">Those met in this call: asked for once, not once an image.</param>
    private async Task AddAsync(
        ClinicDb db, Registration registration, HashSet<string> own, Dictionary<(string Study, string Uid), Series> series,
        CancellationToken cancellation)
    {
        var entry = registration.Entry;
        var instance = new Instance
        {
            Id = entry.Sequence,
            SopInstanceUid = entry.SopInstanceUid,
            SopClassUid = entry.SopClassUid,
            TransferSyntaxUid = entry.TransferSyntaxUid,
            Path = entry.Path,
            Length = entry.Length,
            DataSetSha256 = entry.DataSetSha256,
            IsConflict = entry.IsConflict,
            AssociationId = entry.AssociationId,
            Received = entry.Received,
            Problem = registration.Problem,
            Number = registration.Facts?.InstanceNumber,
        };
        db.Instances.Add(instance);
        if (registration.Facts is not { } facts)
        {
            db.CustodyEvents.Add(CustodyTimeline.Line(
                time, "", CustodyStage.Intake, CustodySeverity.Error, "An object was received whose header cannot be read.",
                registration.Problem, "Look at the sender; the object is kept."));
            return;
        }

        instance.IsOwnResult = own.Contains(entry.SopInstanceUid);
        var study = await StudyAsync(db, facts, entry.AssociationId, entry.Received, cancellation);
        if (!series.TryGetValue((facts.StudyUid, facts.SeriesUid), out var mine))
        {
            mine = series[(facts.StudyUid, facts.SeriesUid)] = await SeriesAsync(db, facts, cancellation);
        }

        instance.Series = mine;
        if (entry.IsConflict)
        {
            db.CustodyEvents.Add(CustodyTimeline.Line(
                time, study.Uid, CustodyStage.Intake, CustodySeverity.Warning,
                "A different object arrived under a UID that is in use; the first one stays in use, the other is kept.",
                $"SOPInstanceUID {entry.SopInstanceUid}", "Ask the sender which one is right."));
        }
        else if (!instance.IsOwnResult)
        {
            instance.Series.InstanceCount++;
            study.InstanceCount++;
            study.Revision++;
            study.LastReceived = entry.Received;
            study.AssemblyDue = time.GetUtcNow().UtcDateTime;
            CheckIdentity(db, study, facts);
        }
    }

    private async Task<Study> StudyAsync(
        ClinicDb db, InstanceFacts facts, string associationId, DateTime received, CancellationToken cancellation)
    {
        if (await db.Studies.FindAsync([facts.StudyUid], cancellation) is { } known)
        {
            return known;
        }

        var sender = await db.Associations.Where(a => a.Id == associationId).Select(a => a.CallingAeTitle)
            .FirstOrDefaultAsync(cancellation) ?? announced.GetValueOrDefault(associationId) ?? "";
        var study = new Study
        {
            Uid = facts.StudyUid,
            PatientId = facts.PatientId,
            IssuerOfPatientId = facts.IssuerOfPatientId,
            PatientName = facts.PatientName,
            PatientNameKey = facts.PatientNameKey,
            PatientBirthDate = facts.PatientBirthDate,
            PatientSex = facts.PatientSex,
            AccessionNumber = facts.AccessionNumber,
            StudyDate = facts.StudyDate,
            StudyTime = facts.StudyTime,
            Description = facts.StudyDescription,
            StudyId = facts.StudyId,
            ReferringPhysicianName = facts.ReferringPhysicianName,
            CharacterSet = facts.CharacterSet,
            SenderAeTitle = sender,
            FirstReceived = received,
            LastReceived = received,
            IdentityTrust = facts.PatientId.Length == 0 ? IdentityTrust.Unidentified : IdentityTrust.AsReceived,
            IdentityProblem = facts.PatientId.Length == 0 ? "PatientID (0010,0020) is empty" : "",
        };
        db.Studies.Add(study);
        db.CustodyEvents.Add(CustodyTimeline.Line(
            time, study.Uid, CustodyStage.Intake, CustodySeverity.Information,
            sender.Length == 0 ? "First image received." : $"First image received from {sender}."));
        return study;
    }

    private static async Task<Series> SeriesAsync(ClinicDb db, InstanceFacts facts, CancellationToken cancellation)
    {
        var known = await db.Series.FirstOrDefaultAsync(s => s.StudyUid == facts.StudyUid && s.Uid == facts.SeriesUid, cancellation);
        if (known is not null)
        {
            return known;
        }

        var series = new Series
        {
            StudyUid = facts.StudyUid,
            Uid = facts.SeriesUid,
            Modality = facts.Modality,
            Number = facts.SeriesNumber,
            Description = facts.SeriesDescription,
        };
        db.Series.Add(series);
        return series;
    }

    private void CheckIdentity(ClinicDb db, Study study, InstanceFacts facts)
    {
        // What a person has confirmed was without this image.
        if (study.IdentityTrust == IdentityTrust.Contradictory
            || (study.PatientId == facts.PatientId && study.IssuerOfPatientId == facts.IssuerOfPatientId))
        {
            return;
        }

        study.IdentityTrust = IdentityTrust.Contradictory;
        study.IdentityProblem = "images of the study name different patients";
        db.CustodyEvents.Add(CustodyTimeline.Line(
            time, study.Uid, CustodyStage.Intake, CustodySeverity.Error, "The images of this study name different patients.",
            "PatientID (0010,0020) or its issuer differs between images",
            "Correct it at the source; results for the RIS are held until a person has confirmed the patient."));
    }
}
