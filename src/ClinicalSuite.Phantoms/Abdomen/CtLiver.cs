using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>
/// A synthetic contrast CT of the abdomen: body, lungs, bones, organs, and two vessel trees in the liver that never touch.
/// The same settings give the same voxels, whatever the number of threads.
/// </summary>
public static class CtLiver
{
    /// <summary>A hard phantom's shading is chosen so that the best single cut-off reaches about this Dice.</summary>
    public const double HardCutoffDice = 0.45;

    /// <summary>How far from it the baseline of a hard phantom may be.</summary>
    public const double HardCutoffTolerance = 0.08;

    private const int BiasDraws = 12;

    private const double BiasSigmaMm = 35;
    private const double ContrastSigmaMm = 25;
    private const double NoiseLevelSigmaMm = 40;
    private const double TextureSigmaMm = 2.5;
    private const double NoiseLevelSd = 0.15;

    // The noise of soft reconstruction kernels is correlated over a pixel.
    private const double NoiseSigmaPixels = 0.7;

    /// <exception cref="ArgumentException">A spacing out of its range.</exception>
    public static CtLiverPhantom Make(
        CtLiverSettings settings, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var look = settings.Difficulty == PhantomDifficulty.Hard ? CtLiverLook.Hard : CtLiverLook.Easy;
        var anatomy = new Anatomy(settings.Seed);
        var geometry = Grid(settings, anatomy);
        var (low, high) = Grids.BoundingBox(geometry);
        var vessels = LiverVessels.Grow(anatomy, settings.Seed, Clearance(geometry), cancellation);
        progress?.Report(0.2);

        var lesions = Lesions.Place(look, anatomy, vessels, settings.Seed);
        var contrast = new SmoothField(new CounterRandom(settings.Seed, Streams.ContrastField), low, high, ContrastSigmaMm, threads);
        var painter = new AbdomenPainter(
            anatomy, settings.Contrast ? TissueValues.Portal : TissueValues.Native, look, geometry, vessels, lesions, contrast);
        var (image, labels) = (new float[geometry.VoxelCount], new Volume<byte>(geometry));
        Paint(painter, image, labels, threads, cancellation);
        progress?.Report(0.6);

        var shape = GridShape.Of(geometry);
        GaussianFilter.Smooth(image, shape, SpacingMm.Of(geometry), look.PsfMm, threads, image);
        AddTexture(settings.Seed, look, anatomy, image, labels, threads);
        AddNoise(settings.Seed, look, image, geometry, threads);
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(0.8);

        var biasHu = look.BiasHu is { } range
            ? AddBias(settings.Seed, range, settings.Contrast, image, labels, painter, threads)
            : 0;
        var rounded = new Volume<short>(geometry, Array.ConvertAll(image, hu => (short)Math.Clamp(MathF.Round(hu), -1024, 3071)));
        var baseline = settings.Contrast ? CutoffBaseline.Of(rounded, labels, threads) : null;
        progress?.Report(1);
        return new CtLiverPhantom(settings, rounded, labels, vessels.Portal, vessels.Hepatic, lesions, biasHu, baseline);
    }

    private static VolumeGeometry Grid(CtLiverSettings settings, Anatomy anatomy)
    {
        var (inPlane, throughPlane) = (settings.InPlaneMm, settings.ThroughPlaneMm);
        if (inPlane is not (>= 0.5 and <= 4) || throughPlane is not (>= 0.5 and <= 5))
        {
            throw new ArgumentException($"spacing {inPlane} mm by {throughPlane} mm: 0.5 to 4 mm by 0.5 to 5 mm can be made");
        }

        var (low, high) = settings.Field == CtLiverField.Liver
            ? (anatomy.Liver.Low * anatomy.Scale, anatomy.Liver.High * anatomy.Scale)
            : (new Point3(-163, -113, -120), new Point3(163, 120, 120));
        var (columns, rows, slices) = (Count(low.X, high.X, inPlane), Count(low.Y, high.Y, inPlane), Count(low.Z, high.Z, throughPlane));
        return VolumeGeometry.Axial(columns, rows, slices, inPlane, inPlane, throughPlane, low);

        static int Count(double from, double to, double spacing) => (int)Math.Round((to - from) / spacing);
    }

    /// <summary>
    /// Between the walls of the two trees: more than a voxel's diagonal, so that no voxel of one tree has a neighbour of the
    /// other among its 26.
    /// </summary>
    private static double Clearance(VolumeGeometry geometry)
    {
        var diagonal = new Point3(geometry.ColumnSpacingMm, geometry.RowSpacingMm, geometry.SliceSpacingMm).Length;
        return Math.Max(2, diagonal + 0.2);
    }

    private static void Paint(AbdomenPainter painter, float[] image, Volume<byte> labels, int threads, CancellationToken cancellation)
    {
        var shape = GridShape.Of(labels.Geometry);
        WorkSplit.Run(shape.Slices, threads, (from, to) =>
        {
            for (var slice = from; slice < to; slice++)
            {
                cancellation.ThrowIfCancellationRequested();
                painter.Paint(slice, image.AsSpan(slice * shape.SliceSize, shape.SliceSize), labels.Slice(slice));
            }
        });
    }

    private static void AddTexture(ulong seed, CtLiverLook look, Anatomy anatomy, float[] image, Volume<byte> labels, int threads)
    {
        if (look.TextureHu == 0)
        {
            return;
        }

        var (low, high) = (anatomy.Liver.Low * anatomy.Scale, anatomy.Liver.High * anatomy.Scale);
        var field = new SmoothField(new CounterRandom(seed, Streams.Texture), low, high, TextureSigmaMm, threads, 2);
        AddRows(labels.Geometry, threads, field, image, (voxel, value) =>
            CtLiverLabel.IsLiver(labels.VoxelArray[voxel]) ? value * (float)look.TextureHu : 0);
    }

    private static void AddNoise(ulong seed, CtLiverLook look, float[] image, VolumeGeometry geometry, int threads)
    {
        var shape = GridShape.Of(geometry);
        var (random, noise) = (new CounterRandom(seed, Streams.Noise), new float[image.Length]);
        WorkSplit.Run(shape.Slices, threads, (from, to) =>
        {
            for (var i = from * shape.SliceSize; i < to * shape.SliceSize; i++)
            {
                noise[i] = random.Noise((ulong)i);
            }
        });
        GaussianFilter.Smooth(noise, shape, SpacingMm.Of(geometry), NoiseSigmaPixels * geometry.ColumnSpacingMm, threads, noise);
        SmoothField.Standardise(noise);
        var (low, high) = Grids.BoundingBox(geometry);
        var level = new SmoothField(new CounterRandom(seed, Streams.NoiseLevel), low, high, NoiseLevelSigmaMm, threads);
        AddRows(geometry, threads, level, image, (voxel, value) =>
            noise[voxel] * (float)(look.NoiseHu * Math.Exp(NoiseLevelSd * value)));
    }

    /// <summary>
    /// Shading of the body, of the strength at which the best cut-off is as good as it shall be. A field that cannot spoil the
    /// cut-off so far, or spoils it more, is drawn again.
    /// </summary>
    private static double AddBias(
        ulong seed, (double Low, double High) range, bool solve, float[] image, Volume<byte> labels, AbdomenPainter painter, int threads)
    {
        var (low, high) = Grids.BoundingBox(labels.Geometry);
        var liver = solve ? new LiverSamples(labels) : null;
        var smoothed = liver?.Smooth(i => image[i], threads);
        for (ulong draw = 0; ; draw++)
        {
            var field = new SmoothField(new CounterRandom(seed, Streams.Bias + (draw << 32)), low, high, BiasSigmaMm, threads);
            var (mean, sd) = WithinLiver(field, labels);
            var (biasHu, dice) = liver is null
                ? ((range.Low + range.High) / 2, HardCutoffDice)
                : SolveBias(liver, smoothed!, ReadBias(field, mean, sd, labels.Geometry, liver), range);
            if (Math.Abs(dice - HardCutoffDice) > HardCutoffTolerance && draw + 1 < BiasDraws)
            {
                continue;
            }

            var shape = GridShape.Of(labels.Geometry);
            AddRows(labels.Geometry, threads, field, image, (voxel, value) =>
                painter.DepthMm(voxel / shape.SliceSize, voxel % shape.SliceSize) > 0 ? (float)((value - mean) / sd * biasHu) : 0);
            return biasHu;
        }
    }

    private static float[] ReadBias(SmoothField field, double mean, double sd, VolumeGeometry geometry, LiverSamples liver)
    {
        var bias = new float[liver.Voxels.Length];
        for (var i = 0; i < bias.Length; i++)
        {
            field.Read(At(geometry, liver.Voxels[i]), 1, bias.AsSpan(i, 1));
            bias[i] = (float)((bias[i] - mean) / sd);
        }

        return bias;
    }

    /// <summary>Shading is so smooth that smoothing leaves it as it is: it may be added afterwards, for each strength that is tried.</summary>
    private static (double BiasHu, double Dice) SolveBias(LiverSamples liver, float[][] smoothed, float[] bias, (double Low, double High) range)
    {
        var (low, high) = range;
        for (var step = 0; step < 8; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Dice(middle) > HardCutoffDice ? (middle, high) : (low, middle);
        }

        return ((low + high) / 2, Dice((low + high) / 2));

        double Dice(double biasHu) => liver.BestCutoff(Array.ConvertAll(smoothed, values =>
        {
            var sum = new float[values.Length];
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] = values[i] + (float)(bias[i] * biasHu);
            }

            return sum;
        })).Dice;
    }

    private static (double Mean, double Sd) WithinLiver(SmoothField field, Volume<byte> labels)
    {
        double count = 0, sum = 0, squares = 0;
        var row = new float[labels.Geometry.Columns];
        for (var line = 0; line < labels.Geometry.Rows * labels.Geometry.Slices; line++)
        {
            var (y, z) = (line % labels.Geometry.Rows, line / labels.Geometry.Rows);
            field.Read(labels.Geometry.ToPatient(0, y, z), labels.Geometry.ColumnSpacingMm, row);
            for (var x = 0; x < row.Length; x++)
            {
                if (CtLiverLabel.IsLiver(labels.VoxelArray[(line * row.Length) + x]))
                {
                    count++;
                    sum += row[x];
                    squares += (double)row[x] * row[x];
                }
            }
        }

        var mean = sum / count;
        return (mean, Math.Sqrt((squares / count) - (mean * mean)));
    }

    private static void AddRows(VolumeGeometry geometry, int threads, SmoothField field, float[] image, Func<int, float, float> added)
    {
        WorkSplit.Run(geometry.Rows * geometry.Slices, threads, (from, to) =>
        {
            var row = new float[geometry.Columns];
            for (var line = from; line < to; line++)
            {
                field.Read(geometry.ToPatient(0, line % geometry.Rows, line / geometry.Rows), geometry.ColumnSpacingMm, row);
                for (var x = 0; x < row.Length; x++)
                {
                    image[(line * row.Length) + x] += added((line * row.Length) + x, row[x]);
                }
            }
        });
    }

    private static Point3 At(VolumeGeometry geometry, int voxel) => geometry.ToPatient(
        voxel % geometry.Columns, voxel / geometry.Columns % geometry.Rows, voxel / (geometry.Columns * geometry.Rows));
}
