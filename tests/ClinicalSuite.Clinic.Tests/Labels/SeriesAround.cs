using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Clinic.Tests.Labels;

/// <summary>A series that stands in for images that are absent.</summary>
internal static class SeriesAround
{
    /// <summary>On a coarse grid of its own that covers the segmentation, in its frame of reference.</summary>
    public static SourceSeries Segmentation(string path)
    {
        var header = StudyReader.Read([path]).Studies[0].Series[0].Header;
        var points = header.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence)
            .Select(group => group.GetSequence(DicomTag.PlanePositionSequence)[0].GetDoubles(DicomTag.ImagePositionPatient)).ToList();
        var low = new Point3(points.Min(p => p[0]) - 500, points.Min(p => p[1]) - 500, points.Min(p => p[2]) - 500);
        return Of(VolumeGeometry.Axial(100, 100, 100, 11, 12, 13, low), header);
    }

    public static SourceSeries Of(VolumeGeometry grid, DicomDataset header) => new()
    {
        Manifest = new SeriesManifest { SeriesUid = "2.25.1", Modality = "CT", InstanceCount = grid.Slices, Geometry = grid },
        Instances = [],
        Header = header,
        FrameOfReferenceUid = header.GetStringOrEmpty(DicomTag.FrameOfReferenceUID),
    };

    public static (long Count, Point3 Centre) CentreOf(Volume<byte> mask)
    {
        var (count, sum) = (0L, default(Point3));
        for (var slice = 0; slice < mask.Geometry.Slices; slice++)
        {
            for (var row = 0; row < mask.Geometry.Rows; row++)
            {
                for (var column = 0; column < mask.Geometry.Columns; column++)
                {
                    if (mask[column, row, slice] != 0)
                    {
                        count++;
                        sum += mask.Geometry.ToPatient(column, row, slice);
                    }
                }
            }
        }

        return (count, sum * (1.0 / count));
    }
}
