using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>
/// The part of an identifier that the database can judge. It never leaves out what matches; what it finds too much the
/// matching of attributes drops.
/// </summary>
internal static class QueryConditions
{
    private static readonly Dictionary<DicomTag, QueryColumn> Columns = new()
    {
        [DicomTag.PatientID] = QueryColumn.PatientId,
        [DicomTag.PatientBirthDate] = QueryColumn.PatientBirthDate,
        [DicomTag.PatientSex] = QueryColumn.PatientSex,
        [DicomTag.StudyInstanceUID] = QueryColumn.StudyUid,
        [DicomTag.AccessionNumber] = QueryColumn.AccessionNumber,
        [DicomTag.StudyDate] = QueryColumn.StudyDate,
        [DicomTag.StudyID] = QueryColumn.StudyId,
        [DicomTag.StudyDescription] = QueryColumn.StudyDescription,
        [DicomTag.Modality] = QueryColumn.Modality,
        [DicomTag.ModalitiesInStudy] = QueryColumn.Modality,
        [DicomTag.SeriesInstanceUID] = QueryColumn.SeriesUid,
        [DicomTag.SeriesDescription] = QueryColumn.SeriesDescription,
        [DicomTag.SOPInstanceUID] = QueryColumn.SopInstanceUid,
        [DicomTag.SOPClassUID] = QueryColumn.SopClassUid,
        [DicomTag.SOPClassesInStudy] = QueryColumn.SopClassUid,
    };

    /// <summary>True where a key is judged by the database, at whatever level it stands.</summary>
    public static bool CanJudge(DicomTag tag) => tag == DicomTag.PatientName || Columns.ContainsKey(tag);

    public static IReadOnlyList<(QueryColumn Column, Condition Condition)> Of(DicomDataset identifier, bool isFuzzy)
    {
        var conditions = new List<(QueryColumn, Condition)>();
        foreach (var key in identifier.Where(key => !AttributeMatching.IsUniversal(key, identifier)))
        {
            if (key.Tag == DicomTag.PatientName)
            {
                conditions.AddRange(isFuzzy ? [] : Names(identifier.GetStrings(key.Tag)));
            }
            else if (Columns.TryGetValue(key.Tag, out var column) && Judge(key, identifier) is { } condition)
            {
                conditions.Add((column, condition));
            }
        }
        return conditions;
    }

    /// <summary>All groups of a name must be found; of several names one is enough, which the database is not asked.</summary>
    private static IEnumerable<(QueryColumn, Condition)> Names(IReadOnlyList<string> names) => names is [var name]
        ? PersonNameMatching.Patterns(name)
            .Select(patterns => (QueryColumn.PatientNameKey, (Condition)new Condition.Like(patterns)))
        : [];

    private static Condition? Judge(DicomElement key, DicomDataset identifier)
    {
        var values = identifier.GetStrings(key.Tag);
        if (key.VR == DicomVR.DA)
        {
            return Dates(values[0]);
        }
        return AttributeMatching.TakesWildcards(key.VR) && values.Any(Wildcard.IsIn)
            ? new Condition.Like(values)
            : new Condition.AnyOf(values);
    }

    /// <summary>Only dates of eight digits can be compared as texts.</summary>
    private static Condition.Between? Dates(string key)
    {
        var ends = key.Trim().Split('-');
        return ends.Length <= 2 && ends.All(end => end.Trim().Length is 0 or 8)
            ? new(ends[0].Trim(), ends[^1].Trim().Length == 0 ? "99999999" : ends[^1].Trim())
            : null;
    }
}
