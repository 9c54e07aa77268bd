using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>The keys that C-FIND and QIDO-RS answer, for those who describe the service.</summary>
public static class QueryAttributes
{
    /// <summary>The attributes that are of a level itself, those that the database knows and those that a file is asked for.</summary>
    public static IReadOnlyList<(DicomTag Tag, bool IsIndexed)> Of(QueryLevel level) =>
    [
        .. QueryKeys.Named.Union(RecordDataset.Tags).Where(tag => LevelOf(tag) == level).OrderBy(tag => tag.Value)
            .Select(tag => (tag, RecordDataset.IsKnown(tag))),
    ];

    /// <summary>The key that names one record of the level.</summary>
    public static DicomTag UniqueKey(QueryLevel level) => QueryKeys.UniqueKey(level);

    /// <summary>The information models with the SOP classes of C-FIND, C-MOVE and C-GET.</summary>
    public static IReadOnlyList<(QueryLevel Top, string Find, string Move, string Get)> Models { get; } =
        [.. InformationModel.All.Select(model => (model.Top, model.FindUid, model.MoveUid, model.GetUid))];

    private static QueryLevel LevelOf(DicomTag tag) =>
        Enum.GetValues<QueryLevel>().Order().First(level => level == QueryLevel.Image || !QueryKeys.IsBelow(level, tag));
}
