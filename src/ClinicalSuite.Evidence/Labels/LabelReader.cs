using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>Segments from outside: files given by hand, and objects that arrived with the images.</summary>
public static class LabelReader
{
    private static readonly string[] SegmentModalities = ["SEG", "RTSTRUCT"];

    /// <summary>
    /// Reads a file of segments: DICOM SEG or RTSTRUCT, a DICOM image series whose pixels are a mask (file, folder or archive), NIfTI, .npy.
    /// </summary>
    /// <param name="name">What an unnamed mask is; null where the file says it itself.</param>
    /// <param name="series">The series that they belong to; contours are filled on its grid.</param>
    /// <exception cref="InputRefusedException">It cannot be read, or lies outside the series.</exception>
    public static IReadOnlyList<GivenLabels> Read(
        string path, string? name, SourceSeries series, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        var grid = MaskPlace.GridOf(series);
        var labels = RawFiles.KindOf(path) switch
        {
            RawFileKind.Numpy => [new GivenLabels(NumpyLabels.Read(path, name, grid))],
            RawFileKind.Nifti => [new GivenLabels(NiftiLabels.Read(path, name))],
            _ => ReadDicom(path, name, series, cancellation),
        };
        foreach (var source in labels)
        {
            MaskPlace.DemandOverlap(source.Segments, grid, path);
        }

        return labels;
    }

    /// <summary>Whether a series of segments belongs to an image series: it names it, or lies in its frame of reference.</summary>
    public static bool Belongs(SourceSeries segments, SourceSeries series)
    {
        ArgumentNullException.ThrowIfNull(segments);
        ArgumentNullException.ThrowIfNull(series);
        return SegmentModalities.Contains(segments.Manifest.Modality)
            && (segments.Manifest.ReferencedSeriesUids.Contains(series.Manifest.SeriesUid)
                || (series.FrameOfReferenceUid.Length > 0
                    && FramesOfReference.Of(segments).Contains(series.FrameOfReferenceUid)));
    }

    /// <summary>Reads the objects of a series that arrived with the images and <see cref="Belongs"/> to one of them.</summary>
    /// <exception cref="InputRefusedException">An object cannot be read, or lies outside the series.</exception>
    public static IReadOnlyList<GivenLabels> ReadArrived(SourceStudy study, SourceSeries segments, SourceSeries series)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(segments);
        var grid = MaskPlace.GridOf(series);
        var labels = ReadObjects(study, segments, series).ToList();
        foreach (var (source, instance) in labels.Zip(segments.Instances))
        {
            MaskPlace.DemandOverlap(source.Segments, grid, instance.File.ToString());
        }

        return labels;
    }

    private static List<GivenLabels> ReadDicom(
        string path, string? name, SourceSeries series, CancellationToken cancellation)
    {
        var labels = new List<GivenLabels>();
        foreach (var study in StudyReader.Read([path], cancellation: cancellation).Studies)
        {
            foreach (var inside in study.Series)
            {
                if (!SegmentModalities.Contains(inside.Manifest.Modality))
                {
                    labels.Add(new GivenLabels([MaskImages.Read(path, name, inside, cancellation)]));
                    continue;
                }

                if (!Belongs(inside, series) && FramesOfReference.Of(inside).Count > 0 && series.FrameOfReferenceUid.Length > 0)
                {
                    throw new InputRefusedException(
                        InputReasons.BadLabels,
                        $"it lies in frame of reference {FramesOfReference.Of(inside)[0]} and names other series; "
                            + $"series {series.Manifest.SeriesUid} lies in {series.FrameOfReferenceUid}",
                        path);
                }

                labels.AddRange(ReadObjects(study, inside, series).Select(source => GivenName.Apply(source, name, path)));
            }
        }

        return labels;
    }

    private static IEnumerable<GivenLabels> ReadObjects(SourceStudy study, SourceSeries segments, SourceSeries series)
    {
        using var files = new InputFiles(InputLimits.Usual);
        foreach (var instance in segments.Instances)
        {
            var read = segments.Manifest.Modality == "SEG"
                ? SegmentationReader.Read(files, instance, series)
                : StructureSetReader.Read(files, instance, series);
            yield return new GivenLabels(read, new ObjectReference(
                study.Facts.StudyUid, segments.Manifest.SeriesUid, instance.SopClassUid, instance.SopInstanceUid));
        }
    }
}
