using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>What a QIDO-RS request asks for (PS3.18 8.3.4, 10.6.1).</summary>
/// <param name="Keys">What to match, and without a value what to return.</param>
/// <param name="IsWhole">Every attribute of the level is returned.</param>
internal sealed record SearchRequest(
    QueryLevel Level, DicomDataset Keys, bool IsWhole, int Limit, int Offset, bool IsFuzzy)
{
    /// <summary>Where the client names no limit; and the most that it may name.</summary>
    internal const int UsualLimit = 1000;
    internal const int MostResults = 5000;

    internal static readonly DicomTag[] StudyReturns =
    [
        DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.ModalitiesInStudy,
        DicomTag.ReferringPhysicianName, DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate,
        DicomTag.PatientSex, DicomTag.StudyInstanceUID, DicomTag.StudyID, DicomTag.StudyDescription,
        DicomTag.NumberOfStudyRelatedSeries, DicomTag.NumberOfStudyRelatedInstances,
    ];

    internal static readonly DicomTag[] SeriesReturns =
    [
        DicomTag.StudyInstanceUID, DicomTag.Modality, DicomTag.SeriesDescription, DicomTag.SeriesInstanceUID,
        DicomTag.SeriesNumber, DicomTag.NumberOfSeriesRelatedInstances, DicomTag.PerformedProcedureStepStartDate,
        DicomTag.PerformedProcedureStepStartTime, DicomTag.RequestAttributesSequence,
    ];

    internal static readonly DicomTag[] InstanceReturns =
    [
        DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID,
        DicomTag.InstanceNumber, DicomTag.Rows, DicomTag.Columns, DicomTag.BitsAllocated, DicomTag.NumberOfFrames,
        DicomTag.AvailableTransferSyntaxUID,
    ];

    /// <returns>The request, or what is wrong with it; exactly one is not null.</returns>
    internal static (SearchRequest? Request, string? Complaint) Of(QueryLevel level, Address address, IQueryCollection query)
    {
        var keys = new DicomDataset();
        var (isWhole, isFuzzy) = (false, false);
        var (limit, offset) = (UsualLimit, 0);
        foreach (var (name, values) in query)
        {
            var value = values.ToString();
            string? complaint = null;
            switch (name.ToLowerInvariant())
            {
                case "limit":
                    complaint = Number(value, out limit);
                    break;
                case "offset":
                    complaint = Number(value, out offset);
                    break;
                case "fuzzymatching":
                    complaint = bool.TryParse(value, out isFuzzy) ? null : "fuzzymatching is true or false.";
                    break;
                case "includefield":
                    var fields = values.SelectMany(v => (v ?? "").Split(',')).Where(field => field.Length > 0).ToList();
                    isWhole = fields.Contains("all");
                    complaint = fields.Where(field => field != "all").Select(field => Include(keys, field)).FirstOrDefault(c => c is not null);
                    break;
                case "accept" or "charset":
                    break;
                default:
                    complaint = Match(keys, name, value);
                    break;
            }

            if (complaint is not null)
            {
                return (null, complaint);
            }
        }

        Return(level, address, keys);
        return (new SearchRequest(level, keys, isWhole, Math.Min(limit, MostResults), offset, isFuzzy), null);
    }

    /// <summary>The answer to one match: what was asked for and is there, and where it can be had.</summary>
    internal DicomDataset Answer(DicomDataset record, HttpRequest request)
    {
        var answer = new DicomDataset();
        if (IsWhole)
        {
            foreach (var element in record)
            {
                answer.AddOrUpdate(element);
            }
        }

        foreach (var key in Keys.Where(key => record.Contains(key.Tag)))
        {
            QueryIdentifier.Answer(key, record, answer);
        }

        var study = record.GetString(DicomTag.StudyInstanceUID);
        var series = Level >= QueryLevel.Series ? record.GetString(DicomTag.SeriesInstanceUID) : null;
        var instance = Level == QueryLevel.Image ? record.GetString(DicomTag.SOPInstanceUID) : null;
        return answer.Remove(DicomTag.SpecificCharacterSet)
            .AddOrUpdate(DicomTag.InstanceAvailability, "ONLINE")
            .AddOrUpdate(DicomTag.RetrieveURL, Address.UrlOf(request, study, series, instance));
    }

    private static string? Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? null
            : "limit and offset are whole numbers from 0.";

    private static string? Include(DicomDataset keys, string field) =>
        DicomTag.TryParse(field, out var tag) && keys.Contains(tag) ? null : Complaint(field, QueryIdentifier.Set(keys, field + "="));

    /// <summary>A list of UIDs has commas here and backslashes in DICOM (PS3.18 8.3.4.1.1).</summary>
    private static string? Match(DicomDataset keys, string name, string value)
    {
        var leaf = name[(name.LastIndexOf('.') + 1)..];
        var isUid = DicomTag.TryParse(leaf, out var tag) && DicomDictionary.TryFind(tag, out var entry) && entry.VR == "UI";
        return Complaint(name, QueryIdentifier.Set(keys, $"{name}={(isUid ? value.Replace(',', '\\') : value)}"));
    }

    /// <summary>The name comes from the client and is cut; a value never stands in an answer.</summary>
    private static string? Complaint(string name, string? problem) => problem is null
        ? null
        : $"{(name.Length <= 64 ? name : name[..64])}: no parameter of QIDO-RS, no attribute of PS3.6, or a value that is not of its kind.";

    private static void Return(QueryLevel level, Address address, DicomDataset keys)
    {
        if (address.StudyUid is { } study)
        {
            keys.AddOrUpdate(DicomTag.StudyInstanceUID, study);
        }

        if (address.SeriesUid is { } series)
        {
            keys.AddOrUpdate(DicomTag.SeriesInstanceUID, series);
        }

        // Attributes of the levels above are of use where the address does not name them (PS3.18 10.6.3.3).
        IEnumerable<DicomTag> wanted = level switch
        {
            QueryLevel.Study => StudyReturns,
            QueryLevel.Series => address.StudyUid is null ? SeriesReturns.Concat(StudyReturns) : SeriesReturns,
            _ => address.StudyUid is null ? InstanceReturns.Concat(SeriesReturns).Concat(StudyReturns)
                : address.SeriesUid is null ? InstanceReturns.Append(DicomTag.Modality)
                : InstanceReturns,
        };
        foreach (var tag in wanted.Where(tag => !keys.Contains(tag)))
        {
            keys.AddOrUpdate(tag);
        }
    }
}
