using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>The frames of reference in which an object places something.</summary>
internal static class FramesOfReference
{
    /// <summary>Its own, and those that a structure set names for its contours.</summary>
    public static IReadOnlyList<string> Of(SourceSeries series) =>
    [
        .. series.Header.GetSequence(DicomTag.ReferencedFrameOfReferenceSequence)
            .Select(item => item.GetStringOrEmpty(DicomTag.FrameOfReferenceUID))
            .Prepend(series.FrameOfReferenceUid)
            .Where(uid => uid.Length > 0)
            .Distinct(StringComparer.Ordinal),
    ];
}
