using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>The voxels of the liver, one after the other, for the question how well a cut-off tells the vessels among them.</summary>
internal sealed class LiverSamples
{
    public static readonly double[] SigmaVoxels = [0.7, 1, 1.5];

    private const double BackgroundSigmaMm = 11;
    private const double BlockMm = 4;
    private const int Margin = 8;

    // Histogram of half a HU from -1000 to 1000.
    private const int Bins = 4000;

    private readonly VolumeGeometry _geometry;
    private readonly GridShape _grid;
    private readonly GridRegion _box;
    private readonly int[] _voxels;
    private readonly bool[] _isVessel;

    /// <exception cref="ArgumentException">No vessel in the liver.</exception>
    public LiverSamples(Volume<byte> labels)
    {
        _geometry = labels.Geometry;
        _grid = GridShape.Of(_geometry);
        GridRegion? box = null;
        var voxels = new List<int>();
        var truth = labels.VoxelArray;
        for (var i = 0; i < truth.Length; i++)
        {
            if (CtLiverLabel.IsLiver(truth[i]))
            {
                voxels.Add(i);
                box = GridRegion.Around(box, i, _grid);
            }
        }

        _voxels = [.. voxels];
        _isVessel = Array.ConvertAll(_voxels, i => CtLiverLabel.IsLiverVessel(truth[i]));
        if (box is not { } found || !_isVessel.AsSpan().Contains(true))
        {
            throw new ArgumentException("no vessel in the liver");
        }

        _box = found.Grown(Margin, _grid);
    }

    public ReadOnlySpan<int> Voxels => _voxels;

    /// <summary>The HU of each voxel of the liver at each smoothing.</summary>
    /// <param name="image">HU by index in the grid.</param>
    public float[][] Smooth(Func<int, float> image, int threads)
    {
        var shape = _box.Shape;
        var (crop, smooth) = (new float[shape.Count], new float[shape.Count]);
        _box.ForEachRow(_grid, (inGrid, inBox, length) =>
        {
            for (var i = 0; i < length; i++)
            {
                crop[inBox + i] = image(inGrid + i);
            }
        });
        return Array.ConvertAll(SigmaVoxels, sigma =>
        {
            GaussianFilter.Smooth(crop, shape, (sigma, sigma, sigma), threads, smooth);
            return Array.ConvertAll(_voxels, voxel => smooth[InBox(voxel)]);
        });
    }

    /// <summary>The best Dice of any cut-off at any smoothing.</summary>
    public (double Dice, double CutoffHu, int Smoothing) BestCutoff(float[][] smoothed)
    {
        var best = (Dice: -1.0, CutoffHu: 0.0, Smoothing: 0);
        for (var i = 0; i < smoothed.Length; i++)
        {
            var (dice, cutoff) = BestCutoff(smoothed[i]);
            best = dice > best.Dice ? (dice, cutoff, i) : best;
        }

        return best;
    }

    /// <summary>
    /// Subtracts, from each smoothing, the masked Gaussian of the voxels near the median, then of those near the first
    /// result, so that vessels and lesions do not pull it.
    /// </summary>
    public void RemoveBias(float[][] smoothed, int threads)
    {
        var values = smoothed[1];
        var (median, sd) = OrderStatistics.MedianAndLowerSd((float[])values.Clone());
        var background = Array.ConvertAll(values, _ => median);
        foreach (var reach in (float[])[2.5f, 2, 2])
        {
            background = Background(values, background, reach * sd, threads);
            var residual = new float[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                residual[i] = values[i] - background[i];
            }

            sd = OrderStatistics.MedianAndLowerSd(residual).LowerSd;
        }

        foreach (var image in smoothed)
        {
            for (var i = 0; i < image.Length; i++)
            {
                image[i] -= background[i];
            }
        }
    }

    private (double Dice, double CutoffHu) BestCutoff(float[] values)
    {
        var (vessel, other) = (new long[Bins], new long[Bins]);
        long vessels = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var bin = Math.Clamp((int)((values[i] + (Bins / 4)) * 2), 0, Bins - 1);
            (_isVessel[i] ? vessel : other)[bin]++;
            vessels += _isVessel[i] ? 1 : 0;
        }

        var best = (Dice: -1.0, Bin: 0);
        long hits = 0, marked = 0;
        for (var bin = Bins - 1; bin >= 0; bin--)
        {
            hits += vessel[bin];
            marked += vessel[bin] + other[bin];
            var dice = 2.0 * hits / (marked + vessels);
            best = dice > best.Dice ? (dice, bin) : best;
        }

        return (best.Dice, (best.Bin / 2.0) - (Bins / 4));
    }

    private float[] Background(float[] values, float[] about, float reach, int threads)
    {
        var blocks = new Blocks(_geometry, _box.Shape, BlockMm);
        for (var i = 0; i < values.Length; i++)
        {
            if (Math.Abs(values[i] - about[i]) <= reach)
            {
                blocks.Add(Column(_voxels[i]) - _box.Column0, Row(_voxels[i]) - _box.Row0, Slice(_voxels[i]) - _box.Slice0, values[i]);
            }
        }

        var lattice = blocks.Smooth(_geometry.ToPatient(_box.Column0, _box.Row0, _box.Slice0), BackgroundSigmaMm, threads);
        var background = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var point = _geometry.ToPatient(Column(_voxels[i]), Row(_voxels[i]), Slice(_voxels[i]));
            lattice.Read(point, 1, background.AsSpan(i, 1));
        }

        return background;
    }

    private int Column(int voxel) => voxel % _grid.Columns;

    private int Row(int voxel) => voxel / _grid.Columns % _grid.Rows;

    private int Slice(int voxel) => voxel / _grid.SliceSize;

    private int InBox(int voxel) =>
        ((((Slice(voxel) - _box.Slice0) * _box.Shape.Rows) + Row(voxel) - _box.Row0) * _box.Shape.Columns) + Column(voxel) - _box.Column0;
}
