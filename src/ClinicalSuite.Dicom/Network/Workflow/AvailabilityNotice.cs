using System.Diagnostics.CodeAnalysis;

namespace ClinicalSuite.Dicom.Network.Workflow;

/// <summary>An instance availability notification (PS3.4 R.3.2): which images of a study can be had, and where.</summary>
/// <param name="Series">Images that are there: what is UNAVAILABLE is left out.</param>
/// <param name="RetrieveAeTitle">Where they can be retrieved from; empty when read and each image has its own.</param>
public sealed record AvailabilityNotice(
    string StudyUid, IReadOnlyList<ReferencedSeries> Series, string RetrieveAeTitle = "")
{
    public DicomDataset ToDataset() => new DicomDataset()
        .AddOrUpdate(DicomTag.ReferencedPerformedProcedureStepSequence, Array.Empty<DicomDataset>())
        .AddOrUpdate(DicomTag.StudyInstanceUID, StudyUid)
        .AddOrUpdate(DicomTag.ReferencedSeriesSequence, [.. Series.Select(series => new DicomDataset()
            .AddOrUpdate(DicomTag.SeriesInstanceUID, series.SeriesUid)
            .AddOrUpdate(DicomTag.ReferencedSOPSequence, [.. series.Images.Select(image => image.ToItem()
                .AddOrUpdate(DicomTag.InstanceAvailability, "ONLINE")
                .AddOrUpdate(DicomTag.RetrieveAETitle, RetrieveAeTitle))]))]);

    /// <summary>Reads the attributes of N-CREATE; on false, <paramref name="problem"/> is the answer to give.</summary>
    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static bool TryRead(
        DicomDataset dataset, [NotNullWhen(true)] out AvailabilityNotice? notice, out DimseStatus problem)
    {
        notice = null;
        problem = DimseStatus.Success;
        var study = dataset.GetStringOrEmpty(DicomTag.StudyInstanceUID);
        if (!Uid.IsWellFormed(study))
        {
            problem = DimseStatus.MissingAttribute("Study Instance UID (0020,000D)");
            return false;
        }
        var series = dataset.GetSequence(DicomTag.ReferencedSeriesSequence)
            .Select(item => new ReferencedSeries(item.GetStringOrEmpty(DicomTag.SeriesInstanceUID), Available(item)))
            .Where(item => Uid.IsWellFormed(item.SeriesUid) && item.Images.Count > 0);
        notice = new(study, [.. series]);
        return true;
    }

    private static IReadOnlyList<SopReference> Available(DicomDataset series) =>
        [.. series.GetSequence(DicomTag.ReferencedSOPSequence)
            .Where(image => image.GetStringOrEmpty(DicomTag.InstanceAvailability) != "UNAVAILABLE")
            .Select(SopReference.Of).OfType<SopReference>()];
}
