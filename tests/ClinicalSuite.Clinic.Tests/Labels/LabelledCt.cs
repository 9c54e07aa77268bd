using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Labels;

/// <summary>The synthetic CT as files, its labels, and our own segmentation of it.</summary>
internal sealed class LabelledCt : IDisposable
{
    public LabelledCt(SyntheticCt? ct = null)
    {
        (ct ?? new SyntheticCt()).WriteTo(Folder.File("ct"));
        Context = LiverReading.ContextOf(Folder.File("ct"));
        Labels = LiverReading.Labels(Grid, SyntheticCt.LabelAt);
    }

    public TemporaryFolder Folder { get; } = new();

    public EvidenceContext Context { get; }

    public SourceSeries Series => Context.Study.Series[0];

    public VolumeGeometry Grid => Series.Manifest.Geometry!;

    public Volume<byte> Labels { get; }

    /// <summary>Writes our segmentation of the parts, or of the whole.</summary>
    public string Segmentation(EvidenceKind kind, Action<DicomDataset>? change = null)
    {
        var made = EvidenceSet.Write(Context, LiverReading.Completed(Labels)).Single(o => o.Kind == kind);
        var dataset = DicomFile.Open(made.Content).Dataset;
        change?.Invoke(dataset);
        var path = Folder.File("segmentation.dcm");
        DicomFile.Create(dataset).Save(path);
        return path;
    }

    /// <summary>Each voxel of the segment, brought to the grid of the series, is where the expectation says.</summary>
    public void AssertMask(GivenSegment segment, Func<int, int, int, bool> isInside)
    {
        var mask = new Volume<byte>(Grid);
        Resampling.Nearest(segment.Mask.Voxels, segment.Mask.Geometry, Grid, 1, mask.Voxels);
        var wrong = 0;
        var inside = 0;
        for (var slice = 0; slice < Grid.Slices; slice++)
        {
            for (var row = 0; row < Grid.Rows; row++)
            {
                for (var column = 0; column < Grid.Columns; column++)
                {
                    inside += mask[column, row, slice];
                    wrong += (mask[column, row, slice] != 0) == isInside(column, row, slice) ? 0 : 1;
                }
            }
        }

        Assert.True(wrong == 0 && inside > 0, $"{segment.Label}: {wrong} voxels wrong, {inside} inside");
    }

    public void Dispose() => Folder.Dispose();
}
