using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline.Intake;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>What a STOW-RS answer says of each instance (PS3.18 10.5.3.2, Annex I).</summary>
internal static class StoreResponse
{
    internal static DicomDataset Of(HttpRequest request, string? study, IReadOnlyList<WebStoreOutcome> taken)
    {
        var response = new DicomDataset();
        if ((study ?? TheStudy(taken)) is { } one)
        {
            response.AddOrUpdate(DicomTag.RetrieveURL, Address.UrlOf(request, one));
        }

        Put(response, DicomTag.ReferencedSOPSequence, taken.Where(o => o.Status.IsSuccess).Select(o => Reference(o)
            .AddOrUpdate(DicomTag.RetrieveURL, Address.UrlOf(request, o.StudyUid, o.SeriesUid, o.SopInstanceUid))));
        Put(response, DicomTag.FailedSOPSequence, taken.Where(o => !o.Status.IsSuccess && o.SopInstanceUid.Length > 0)
            .Select(o => Failure(Reference(o), o)));
        Put(response, DicomTag.OtherFailuresSequence, taken.Where(o => !o.Status.IsSuccess && o.SopInstanceUid.Length == 0)
            .Select(o => Failure(new DicomDataset(), o)));
        return response;
    }

    private static DicomDataset Reference(WebStoreOutcome outcome) => new DicomDataset()
        .AddOrUpdate(DicomTag.ReferencedSOPClassUID, outcome.SopClassUid)
        .AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, outcome.SopInstanceUid);

    /// <summary>The reason as the number of PS3.18 Annex I, and in words, as other servers say them, in Error Comment.</summary>
    private static DicomDataset Failure(DicomDataset item, WebStoreOutcome outcome)
    {
        item.AddOrUpdate(DicomTag.FailureReason, (int)outcome.Status.Code);
        return outcome.Status.Comment is { } comment ? item.AddOrUpdate(DicomTag.ErrorComment, comment) : item;
    }

    private static string? TheStudy(IReadOnlyList<WebStoreOutcome> taken)
    {
        var studies = taken.Where(o => o.Status.IsSuccess).Select(o => o.StudyUid).Distinct().ToList();
        return studies is [var one] ? one : null;
    }

    private static void Put(DicomDataset response, DicomTag tag, IEnumerable<DicomDataset> items)
    {
        DicomDataset[] all = [.. items];
        if (all.Length > 0)
        {
            response.AddOrUpdate(tag, all);
        }
    }
}
