using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store.Queries;

/// <summary>
/// The objects that this appliance made, as queries find them beside what was received: a viewer that asks this box for a study
/// must get the results too. Results that a newer version has replaced are found by their own UID only.
/// </summary>
internal static class MadeObjects
{
    // PS3.5 A.2: everything that is made here is written so.
    private const string ExplicitVRLittleEndian = "1.2.840.10008.1.2.1";

    // PS3.4 B.5, and the modality that each of them is of (PS3.3 C.7.3.1.1.1).
    private const string Segmentation = "1.2.840.10008.5.1.4.1.1.66.4";
    private const string Comprehensive3DSR = "1.2.840.10008.5.1.4.1.1.88.34";
    private const string EncapsulatedPdf = "1.2.840.10008.5.1.4.1.1.104.1";
    private const string CT = "1.2.840.10008.5.1.4.1.1.2";
    private const string MR = "1.2.840.10008.5.1.4.1.1.4";

    /// <summary>Of a result, by its SOP class.</summary>
    public static readonly Expression<Func<EvidenceObject, string>> Modality = made =>
        made.SopClassUid == Segmentation ? "SEG"
        : made.SopClassUid == Comprehensive3DSR ? "SR"
        : made.SopClassUid == EncapsulatedPdf ? "DOC"
        : made.SopClassUid == CT ? "CT"
        : made.SopClassUid == MR ? "MR"
        : "OT";

    private static readonly Func<EvidenceObject, string> ModalityOf = Modality.Compile();

    /// <summary>Each once: one that a peer has sent back is among the received.</summary>
    /// <param name="withReplaced">Those of earlier versions too.</param>
    public static IQueryable<EvidenceObject> In(ClinicDb db, bool withReplaced = false) => db.Evidence.AsNoTracking()
        .Where(made => made.SopInstanceUid != "" && (withReplaced || made.Run!.SupersededByRunId == null))
        .Where(made => !db.Instances.Any(i => i.SopInstanceUid == made.SopInstanceUid && i.SeriesId != null && !i.IsConflict));

    /// <summary>Those that a query finds.</summary>
    public static IQueryable<EvidenceObject> Found(ClinicDb db, ArchiveQuery query) => In(db, IsByName(query)).Filter(query);

    /// <summary>Pages of those that a query finds, in the order in which they were made, with their studies.</summary>
    public static async Task<List<EvidenceObject>> PageAsync(
        ClinicDb db, ArchiveQuery query, long after, int count, CancellationToken cancellation) =>
        await Found(db, query).Include(made => made.Run!.Study).Where(made => made.Id > after).OrderBy(made => made.Id)
            .Take(count).ToListAsync(cancellation);

    public static Series SeriesOf(EvidenceObject made) => new()
    {
        StudyUid = made.StudyUid,
        Uid = made.SeriesUid,
        Modality = ModalityOf(made),
        Study = made.Run!.Study,
    };

    public static Instance InstanceOf(EvidenceObject made) => new()
    {
        SopInstanceUid = made.SopInstanceUid,
        SopClassUid = made.SopClassUid,
        TransferSyntaxUid = ExplicitVRLittleEndian,
        Path = made.Path,
        Length = made.Length,
        DataSetSha256 = made.Sha256,
        AssociationId = "",
        Received = made.Created,
        Series = SeriesOf(made),
    };

    /// <summary>How many, by SOP class and transfer syntax.</summary>
    public static async Task<IEnumerable<(string SopClassUid, string TransferSyntaxUid, int Count)>> KindsAsync(
        ClinicDb db, ArchiveQuery query, CancellationToken cancellation)
    {
        var kinds = await Found(db, query).GroupBy(made => made.SopClassUid)
            .Select(g => new { SopClassUid = g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return kinds.Select(kind => (kind.SopClassUid, ExplicitVRLittleEndian, kind.Count));
    }

    private static bool IsByName(ArchiveQuery query) =>
        query.Where.Any(part => part is (QueryColumn.SopInstanceUid, Condition.AnyOf));
}
