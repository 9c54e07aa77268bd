using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>A series to numbers in patient space.</summary>
public static class VolumeReader
{
    /// <summary>
    /// Reads the pixels of all planes: CT in HU, others in the sender's units after rescale. The result does not depend on
    /// <paramref name="threads"/>; besides the volume no more than one slice per thread is in memory.
    /// </summary>
    /// <exception cref="InputRefusedException">
    /// The planes form no volume (the reason of <see cref="SeriesManifest.GeometryProblem"/>), or the pixels of a file are truncated
    /// or in a format that is not read.
    /// </exception>
    public static Volume<float> Read(
        SourceSeries series, int threads = 1, InputLimits? limits = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Manifest.Geometry is not { } geometry)
        {
            var (reason, cause) = series.Manifest.GeometryProblem ?? (InputReasons.NotAnImage, "no images");
            throw new InputRefusedException(reason, cause);
        }

        limits ??= InputLimits.Usual;
        if (geometry.VoxelCount > limits.VoxelCount)
        {
            throw new InputRefusedException(
                InputReasons.TooLarge, $"{geometry.VoxelCount} voxels, at most {limits.VoxelCount}");
        }

        var volume = new Volume<float>(geometry);
        var pixels = checked(geometry.Rows * geometry.Columns);
        using var files = new InputFiles(limits);
        var byInstance = series.Slices
            .Select((slice, index) => (Slice: slice, Index: index))
            .GroupBy(entry => entry.Slice.Instance.SopInstanceUid, StringComparer.Ordinal)
            .ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(byInstance, options, instance =>
            {
                var first = instance.First().Slice.Instance;
                var image = Decode(files, first.File, geometry);
                foreach (var (slice, index) in instance)
                {
                    var target = volume.VoxelArray.AsSpan(checked(index * pixels), pixels);
                    ToUnits(image, slice, first.File, target);
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.FirstOrDefault(IsRefusal) is { } refusal)
        {
            throw Named(refusal);
        }

        return volume;
    }

    /// <summary>The facts and the numbers, as analyses get them.</summary>
    /// <exception cref="InputRefusedException">As <see cref="Read"/>.</exception>
    public static ImageSeries ReadSeries(SourceSeries series, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        return new ImageSeries(series.Manifest, Read(series, threads, null, cancellation));
    }

    private static bool IsRefusal(Exception e) => e is InputRefusedException;

    private static InputRefusedException Named(Exception refusal)
    {
        var inner = (InputRefusedException)refusal;
        return new InputRefusedException(inner.Reason, inner.Cause, inner.File, inner.Location, inner);
    }

    private static DicomPixelData Decode(InputFiles files, InputFile file, VolumeGeometry geometry)
    {
        try
        {
            var dataset = files.Read(file);
            var image = DicomPixelData.Create(dataset);
            if ((image.Rows, image.Columns) != (geometry.Rows, geometry.Columns))
            {
                throw new InputRefusedException(
                    InputReasons.Unreadable, "the file has changed since its header was read", file.ToString());
            }

            if (image.SamplesPerPixel != 1 || image.BitsAllocated is not (8 or 16 or 32))
            {
                throw new InputRefusedException(
                    InputReasons.PixelFormat,
                    $"{image.SamplesPerPixel} samples of {image.BitsAllocated} bits, read are one of 8, 16 or 32",
                    file.ToString(), DicomTag.PixelData.ToString());
            }

            DemandWhole(dataset, image, file);
            return image;
        }
        catch (DicomFormatException e)
        {
            throw IsPixelData(e)
                ? new InputRefusedException(
                    InputReasons.Truncated, e.Reason, file.ToString(), Place(e.Offset), e)
                : StudyReader.Damaged(e, file);
        }
    }

    private static void DemandWhole(DicomDataset dataset, DicomPixelData image, InputFile file)
    {
        var element = dataset.GetElement(DicomTag.PixelData);
        var needed = image.FrameBytes * image.NumberOfFrames;
        if (element.Length >= 0 && element.Length < needed)
        {
            throw new InputRefusedException(
                InputReasons.Truncated, $"{element.Length} bytes, needed {needed}", file.ToString(), Place(element.Offset));
        }
    }

    private static bool IsPixelData(DicomFormatException e) =>
        e.TagPath?.StartsWith(DicomTag.PixelData.ToString(), StringComparison.Ordinal) == true;

    private static string Place(long? offset) =>
        offset is { } at ? $"{DicomTag.PixelData} at offset {at}" : DicomTag.PixelData.ToString();

    /// <summary>The slice's own rescale, for in an enhanced object it may be another one in each frame.</summary>
    private static void ToUnits(DicomPixelData image, SourceSlice slice, InputFile file, Span<float> target)
    {
        var stored = new int[target.Length];
        try
        {
            image.ReadStoredValues(slice.Frame, stored);
        }
        catch (DicomFormatException e)
        {
            throw new InputRefusedException(
                InputReasons.Unreadable, e.Reason, file.ToString(), Place(e.Offset), e);
        }

        var isUnsigned32 = image.BitsStored == 32 && !image.IsSigned;
        for (var pixel = 0; pixel < stored.Length; pixel++)
        {
            double value = isUnsigned32 ? unchecked((uint)stored[pixel]) : stored[pixel];
            target[pixel] = (float)((value * slice.RescaleSlope) + slice.RescaleIntercept);
        }
    }
}
