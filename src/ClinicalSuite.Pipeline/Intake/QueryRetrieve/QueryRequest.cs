using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>The identifier of a C-FIND, C-MOVE or C-GET, checked against its information model.</summary>
/// <param name="Keys">The keys that records of the level can answer.</param>
/// <param name="Below">Keys of lower levels: they select in relational queries, and nothing answers them.</param>
internal sealed record QueryRequest(
    QueryLevel Level, DicomDataset Identifier, IReadOnlyList<DicomElement> Keys, IReadOnlyList<DicomElement> Below,
    QueryOptions Options)
{
    // PS3.4 C.5.1.1.1: bytes of the extended negotiation of C-FIND; C.5.2.1, C.5.3.1: the first of C-MOVE and C-GET.
    private const int Relational = 0;
    private const int CombinedDateTime = 1;
    private const int Fuzzy = 2;

    public ArchiveQuery Query { get; private init; } = new();

    /// <summary>What was asked, in a word for log and audit; a value of a key never stands there.</summary>
    public string Describe() => $"{Level.ToString().ToUpperInvariant()}, keys "
        + string.Join(' ', Identifier.Where(key => !AttributeMatching.IsControl(key.Tag)
            && !AttributeMatching.IsUniversal(key, Identifier)).Select(key => DicomDictionary.KeywordOf(key.Tag)));

    /// <summary>StudyInstanceUID if exactly one is asked for; empty otherwise.</summary>
    public string Subject => Identifier.GetStrings(DicomTag.StudyInstanceUID) is [var only] ? only : "";

    /// <returns>The request, or the status that refuses it; exactly one is not null.</returns>
    public static (QueryRequest? Request, DimseStatus? Refusal) Read(DimseOperation operation, bool isRetrieval)
    {
        if (operation.DataSet is not { } identifier)
        {
            return (null, DimseStatus.DataSetDoesNotMatchSopClass("no identifier"));
        }
        var model = InformationModel.Of(operation.Request.SopClassUid);
        if (QueryKeys.Level(identifier.GetStringOrEmpty(DicomTag.QueryRetrieveLevel)) is not { } level
            || level < model.Top)
        {
            return (null, DimseStatus.DataSetDoesNotMatchSopClass(
                "(0008,0052) Query/Retrieve Level is missing or not of this model"));
        }
        var isRelational = operation.IsAgreed(Relational);
        if (MissingKey(identifier, model.Top, level, isRelational, isRetrieval) is { } missing)
        {
            return (null, DimseStatus.DataSetDoesNotMatchSopClass(
                $"{missing} {DicomDictionary.KeywordOf(missing)} must have a value"));
        }
        var options = isRetrieval
            ? default
            : new QueryOptions(operation.IsAgreed(CombinedDateTime), operation.IsAgreed(Fuzzy));
        return (Read(identifier, level, isRelational, isRetrieval, options), null);
    }

    private static QueryRequest Read(
        DicomDataset identifier, QueryLevel level, bool isRelational, bool isRetrieval, QueryOptions options)
    {
        var keys = identifier.Where(key => !AttributeMatching.IsControl(key.Tag)).ToList();
        var below = keys.Where(key => QueryKeys.IsBelow(level, key.Tag)).ToList();
        var selecting = new DicomDataset();
        foreach (var key in isRetrieval ? UniqueKeys(keys) : isRelational ? keys : keys.Except(below))
        {
            selecting.AddOrUpdate(key);
        }
        var wanted = keys.Except(below).ToList();
        return new(level, identifier, wanted, below, options)
        {
            Query = new ArchiveQuery
            {
                Where = QueryConditions.Of(selecting, options.IsFuzzy),
                WithSample = wanted.Any(key => !RecordDataset.IsKnown(key.Tag)),
            },
        };
    }

    /// <summary>PS3.4 C.4.2.1.4.1: a retrieval names its objects by unique keys; other keys say nothing there.</summary>
    private static IEnumerable<DicomElement> UniqueKeys(IEnumerable<DicomElement> keys) =>
        keys.Where(key => Enum.GetValues<QueryLevel>().Any(level => QueryKeys.UniqueKey(level) == key.Tag));

    /// <summary>
    /// PS3.4 C.4.1.2.1, C.4.2.2.1: one value for the unique key of each level above, and for a retrieval one or more of
    /// the level itself. Relational queries need none above.
    /// </summary>
    private static DicomTag? MissingKey(
        DicomDataset identifier, QueryLevel top, QueryLevel level, bool isRelational, bool isRetrieval)
    {
        for (var above = top; above < level && !isRelational; above++)
        {
            var tag = QueryKeys.UniqueKey(above);
            if (identifier.GetStrings(tag) is not [{ Length: > 0 } value] || Wildcard.IsIn(value))
            {
                return tag;
            }
        }
        var own = QueryKeys.UniqueKey(level);
        var values = identifier.GetStrings(own);
        return isRetrieval && (values.Count == 0 || values.Any(value => value.Length == 0 || Wildcard.IsIn(value)))
            ? own
            : null;
    }
}
