using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>RTSTRUCT to masks (PS3.3 C.8.8.6): closed planar contours, filled slice by slice on the grid of the images.</summary>
internal static class StructureSetReader
{
    /// <summary>A contour may lie this share of the slice spacing beside its slice.</summary>
    private const double PlaneTolerance = 0.25;

    private const int FewestPoints = 3;
    private const int PointDigits = 6;

    /// <returns>One entry for each region of interest that holds a voxel of the series, in the order of the file.</returns>
    /// <exception cref="InputRefusedException">It is damaged, or a contour lies on no slice.</exception>
    public static IReadOnlyList<GivenSegment> Read(InputFiles files, SourceInstance instance, SourceSeries series)
    {
        try
        {
            var dataset = files.Read(instance.File);
            var contours = dataset.GetSequence(DicomTag.ROIContourSequence).ToLookup(item => item.GetInt(DicomTag.ReferencedROINumber));
            var observations = dataset.GetSequence(DicomTag.RTROIObservationsSequence).ToLookup(item => item.GetInt(DicomTag.ReferencedROINumber));
            var given = new List<GivenSegment>();
            foreach (var roi in dataset.GetSequence(DicomTag.StructureSetROISequence))
            {
                var number = roi.GetInt(DicomTag.ROINumber);
                var items = contours[number].SelectMany(item => item.GetSequence(DicomTag.ContourSequence)).ToList();
                if (Fill(items, MaskPlace.GridOf(series), instance) is { } mask)
                {
                    given.Add(new GivenSegment(
                        roi.GetStringOrEmpty(DicomTag.ROIName),
                        observations[number].FirstOrDefault()?.FirstItem(DicomTag.RTROIIdentificationCodeSequence).ToCode(),
                        mask,
                        SourceObject.Describe("RTSTRUCT", dataset)));
                }
            }

            return given;
        }
        catch (DicomFormatException e)
        {
            throw StudyReader.Damaged(e, instance.File);
        }
    }

    private static Volume<byte>? Fill(IReadOnlyList<DicomDataset> items, VolumeGeometry grid, SourceInstance instance)
    {
        var slices = new SortedDictionary<int, List<IReadOnlyList<(double Column, double Row)>>>();
        foreach (var item in items.Where(item => item.GetStringOrEmpty(DicomTag.ContourGeometricType) is "CLOSED_PLANAR" or "CLOSEDPLANAR_XOR"))
        {
            var (slice, points) = Contour(item, grid, instance);
            if (points.Count >= FewestPoints && slice >= 0 && slice < grid.Slices)
            {
                slices.TryAdd(slice, []);
                slices[slice].Add(points);
            }
        }

        if (slices.Count == 0)
        {
            return null;
        }

        DemandEverySlice([.. slices.Keys], instance);
        var (from, to) = (slices.Keys.First(), slices.Keys.Last());
        var stack = new VolumeGeometry(
            grid.Columns, grid.Rows, to - from + 1, grid.ToPatient(0, 0, from), grid.ColumnStep, grid.RowStep, grid.SliceStep);
        var mask = new Volume<byte>(stack);
        foreach (var (slice, contours) in slices)
        {
            PolygonFill.EvenOdd(contours, grid.Columns, grid.Rows, mask.Slice(slice - from));
        }

        return MaskPlace.Crop(stack, mask.Voxels);
    }

    /// <summary>The slice that a contour lies on, and its points in pixels of that slice.</summary>
    private static (int Slice, IReadOnlyList<(double Column, double Row)> Points) Contour(
        DicomDataset item, VolumeGeometry grid, SourceInstance instance)
    {
        var data = item.GetDoubles(DicomTag.ContourData);
        if (data.Length % 3 != 0 || !data.All(double.IsFinite))
        {
            throw new InputRefusedException(
                InputReasons.BadLabels, $"{data.Length} numbers are no points of a contour", instance.File.ToString(), DicomTag.ContourData.ToString());
        }

        var points = new List<(double Column, double Row)>(data.Length / 3);
        var (low, high) = (double.MaxValue, double.MinValue);
        for (var at = 0; at < data.Length; at += 3)
        {
            var (column, row, slice) = grid.ToIndex(new Point3(data[at], data[at + 1], data[at + 2]));
            // Rounding of the affine must not decide on which side of a pixel's centre a point lies.
            points.Add((Math.Round(column, PointDigits), Math.Round(row, PointDigits)));
            (low, high) = (Math.Min(low, slice), Math.Max(high, slice));
        }

        var nearest = Math.Round(Math.Clamp((low + high) / 2, -2, grid.Slices + 1));
        var isInside = nearest >= 0 && nearest < grid.Slices;
        if (points.Count >= FewestPoints && isInside && Math.Max(nearest - low, high - nearest) > PlaneTolerance)
        {
            throw new InputRefusedException(
                InputReasons.BadLabels,
                string.Create(CultureInfo.InvariantCulture,
                    $"a contour reaches from slice {low + 1:0.##} to {high + 1:0.##}: it was not drawn on the slices of this series"),
                instance.File.ToString(), DicomTag.ContourData.ToString());
        }

        return ((int)nearest, points);
    }

    /// <summary>Contours on every second or third slice would fill half or a third of the volume.</summary>
    private static void DemandEverySlice(IReadOnlyList<int> slices, SourceInstance instance)
    {
        var smallest = slices.Skip(1).Zip(slices, (next, previous) => next - previous).DefaultIfEmpty(1).Min();
        if (slices.Count > 2 && smallest > 1)
        {
            throw new InputRefusedException(
                InputReasons.BadLabels, $"contours on every {smallest}. slice only, needed on each", instance.File.ToString(),
                DicomTag.ContourSequence.ToString());
        }
    }
}
