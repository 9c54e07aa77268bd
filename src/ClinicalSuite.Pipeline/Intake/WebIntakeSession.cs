using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>The objects of one STOW-RS request: to assembly and timeline it is what an association is.</summary>
public sealed class WebIntakeSession
{
    private readonly IntakeBook book;
    private readonly StudyRegister register;
    private readonly AssociationIdentity identity;
    private readonly IntakeStore store;
    private readonly AssociationNotes notes;
    private string? demandedStudy;
    private (string Study, string Series) place;
    private string? lastStored;
    private int stored;
    private int refused;

    internal WebIntakeSession(
        InstanceArchive archive, IntakeBook book, SenderQuotas quotas, StudyRegister register, AssociationIdentity identity,
        AssociationNotes notes)
    {
        this.book = book;
        this.register = register;
        this.identity = identity;
        this.notes = notes;
        store = new IntakeStore(archive, book, quotas, notes, PlaceOf);
    }

    /// <summary>Takes one DICOM file as it arrives.</summary>
    /// <param name="studyUid">The study that it must be of, or null for any.</param>
    /// <exception cref="InvalidDataException">The body around the file is broken: nothing more can be read of it.</exception>
    public async Task<WebStoreOutcome> StoreAsync(Stream file, string? studyUid, CancellationToken cancellation)
    {
        demandedStudy = studyUid;
        place = ("", "");
        StreamedFileHeader header;
        string sopClass, sopInstance, syntax;
        try
        {
            header = await StreamedFileHeader.ReadAsync(file, cancellation);
            sopClass = Uid(header.Meta, DicomTag.MediaStorageSOPClassUID);
            sopInstance = Uid(header.Meta, DicomTag.MediaStorageSOPInstanceUID);
            syntax = Uid(header.Meta, DicomTag.TransferSyntaxUID);
        }
        catch (DicomFormatException problem)
        {
            refused++;
            var reason = $"{problem.TagPath} {problem.Reason}".Trim();
            return new WebStoreOutcome("", "", "", "", DimseStatus.CannotUnderstand(reason));
        }

        var status = await store.StoreAsync(
            new StoreRequest(identity, sopClass, sopInstance, syntax, header.DataSet), cancellation);
        if (status.IsSuccess)
        {
            stored++;
            lastStored = sopInstance;
        }
        else
        {
            refused++;
        }

        return new WebStoreOutcome(sopClass, sopInstance, place.Study, place.Series, status);
    }

    /// <summary>Closes the session in register, log and audit, so that assembly no longer waits for it.</summary>
    /// <param name="problem">Why not all of the request was read, or null.</param>
    public async Task EndAsync(string? problem)
    {
        AssociationEnd end = problem is null ? new AssociationEnd.Released() : new AssociationEnd.Disconnected(problem);
        notes.Add(() => book.EndedAsync(new AssociationReport(identity, end, stored, refused), store.Opened is not null));
        await notes.WrittenAsync();
    }

    /// <summary>
    /// Waits until what was taken can be found by a query: who has an answer may ask at once. It is kept in any case.
    /// </summary>
    public Task UntilFoundAsync(TimeSpan limit, CancellationToken cancellation) =>
        lastStored is null ? Task.CompletedTask : register.UntilRegisteredAsync(lastStored, limit, cancellation);

    private static string Uid(DicomDataset meta, DicomTag tag)
    {
        var text = meta.GetString(tag);
        return text.Length <= 64 && text.All(c => c == '.' || char.IsAsciiDigit(c))
            ? text
            : throw new DicomFormatException("not a UID (PS3.5 9.1)", tag.ToString());
    }

    private (DimseStatus Status, string Reason)? PlaceOf(DicomDataset dataSet)
    {
        place = (dataSet.GetStringOrEmpty(DicomTag.StudyInstanceUID), dataSet.GetStringOrEmpty(DicomTag.SeriesInstanceUID));
        if (demandedStudy is null || demandedStudy == place.Study)
        {
            return null;
        }

        const string reason = "Study Instance UID (0020,000D) is not that of the address";
        return (DimseStatus.DataSetDoesNotMatchSopClass(reason), reason);
    }
}
