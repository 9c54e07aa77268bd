using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using static ClinicalSuite.Evidence.Sr.ContentItem;

namespace ClinicalSuite.Evidence.Sr;

/// <summary>The images that were read (TID 1600), one group a series.</summary>
internal static class ImageLibrary
{
    public static DicomDataset Of(EvidenceContext context) =>
        Container(Contains, ReportCodes.ImageLibrary, "1600", context.Sources.Select(one => Group(context, one)));

    private static DicomDataset Group(EvidenceContext context, SourceSeries series) =>
        Container(Contains, ReportCodes.ImageLibraryGroup, null, [.. Facts(context, series), .. Images(series)]);

    private static IEnumerable<DicomDataset> Facts(EvidenceContext context, SourceSeries series)
    {
        if (ModalityCode(series.Manifest.Modality) is { } modality)
        {
            yield return Coded(Acquisition, ReportCodes.Modality, modality);
        }

        yield return Coded(Acquisition, ReportCodes.TargetRegion, context.Analysis.Description.Region);
        if (DicomDateTime.Date(series.Header, DicomTag.StudyDate) is { } day)
        {
            yield return Date(Acquisition, ReportCodes.StudyDate,
                day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (series.Manifest.Geometry is not { } grid)
        {
            yield break;
        }

        yield return UidReference(
            Acquisition, ReportCodes.FrameOfReference, EvidenceContext.FrameOfReference(series));
        yield return Number(Acquisition, ReportCodes.Rows, grid.Rows, ReportCodes.Pixels);
        yield return Number(Acquisition, ReportCodes.Columns, grid.Columns, ReportCodes.Pixels);
        yield return Number(Acquisition, ReportCodes.HorizontalSpacing, grid.ColumnSpacingMm, Units.Millimetre);
        yield return Number(Acquisition, ReportCodes.VerticalSpacing, grid.RowSpacingMm, Units.Millimetre);
        yield return Number(Acquisition, ReportCodes.SliceSpacing, grid.SliceSpacingMm, Units.Millimetre);
        if (series.Manifest.SliceThicknessMm is { } thickness)
        {
            yield return Number(Acquisition, ReportCodes.SliceThickness, thickness, Units.Millimetre);
        }
    }

    private static IEnumerable<DicomDataset> Images(SourceSeries series) =>
        ReportEvidence.InstancesOf(series)
            .Select(instance => Image(Contains, null, instance.SopClassUid, instance.SopInstanceUid));

    /// <summary>PS3.16 CID 29 holds the modality words themselves as code values.</summary>
    private static Code? ModalityCode(string modality) => modality switch
    {
        "CT" => new Code("CT", "DCM", "Computed Tomography"),
        "MR" => new Code("MR", "DCM", "Magnetic Resonance"),
        "US" => new Code("US", "DCM", "Ultrasound"),
        _ => null,
    };
}
