using ClinicalSuite.Imaging;
using ClinicalSuite.Science.Tests.Imaging;
using ClinicalSuite.Vessels;
using Xunit;

namespace ClinicalSuite.Science.Tests.Vessels;

/// <summary>A ball of parenchyma with three straight vessels, noise and a sloping background; synthetic throughout.</summary>
public sealed class OrganVesselsTests
{
    private const int Size = 72;
    private const double SpacingMm = 0.9;
    private const float Parenchyma = 100;
    private const float Contrast = 60;
    private const float NoiseSd = 10;

    private static readonly VolumeGeometry Grid =
        VolumeGeometry.Axial(Size, Size, Size, SpacingMm, SpacingMm, SpacingMm, default);

    private static readonly GridShape Shape = GridShape.Of(Grid);

    private static readonly byte[] Organ = TestGrids.Fill(Shape, (x, y, z) => (byte)(FromCentreMm(x, y, z) <= 30 ? 1 : 0));

    private static readonly byte[] Truth = TestGrids.Fill(Shape, (x, y, z) => (byte)(Organ[Index(x, y, z)] != 0 && TubeShare(x, y, z) > 0.5 ? 1 : 0));

    [Fact]
    public void Vessels_are_found_under_noise_and_a_sloping_background()
    {
        // 1.5 HU per mm: 90 HU from end to end, more than the contrast of the vessels.
        var found = Find(Image(slopePerMm: 1.5f, lesion: false));
        Assert.True(Dice(found.Mask, Truth) > 0.85, $"Dice {Dice(found.Mask, Truth):F3}");
        Assert.Equal(Contrast, found.Plateau, 0.25 * Contrast);
    }

    /// <summary>The lesion is larger than all vessels together; with little noise its very edge stands out clearly.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(NoiseSd)]
    public void A_bright_lesion_is_levelled_and_not_taken_for_a_vessel(float noiseSd)
    {
        var found = Find(Image(slopePerMm: 0, lesion: true, noiseSd));
        var inLesion = Enumerable.Range(0, Shape.Count).Count(i => found.Mask[i] != 0 && IsLesion(i));
        var lesion = Enumerable.Range(0, Shape.Count).Count(IsLesion);
        Assert.True(inLesion < 0.1 * lesion, $"{inLesion} of {lesion} voxels of the lesion are called vessel");
        Assert.True(found.LevelledMl > 0);
        Assert.True(Dice(found.Mask, Truth) > 0.75, $"Dice {Dice(found.Mask, Truth):F3}");
    }

    [Fact]
    public void In_noise_alone_there_are_no_vessels()
    {
        var found = Find(new Volume<float>(Grid, Noisy(_ => Parenchyma, 81, NoiseSd)));
        Assert.Equal(0, found.Mask.Sum(v => v));
        Assert.Equal(0, found.Plateau);
    }

    [Fact]
    public void Nothing_is_marked_outside_the_organ()
    {
        var image = Image(0, lesion: false);
        for (var i = 0; i < Shape.Count; i++)
        {
            image.Voxels[i] += Organ[i] == 0 ? 300 : 0;
        }

        var found = Find(image);
        Assert.All(Enumerable.Range(0, Shape.Count), i => Assert.True(found.Mask[i] <= Organ[i]));
        Assert.True(Dice(found.Mask, Truth) > 0.8, $"Dice {Dice(found.Mask, Truth):F3}");
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var (one, two) = (Find(Image(0.5f, lesion: true), threads: 1), Find(Image(0.5f, lesion: true), threads: 2));
        Assert.Equal(one.Mask, two.Mask);
        Assert.Equal(one.Margin, two.Margin);
        Assert.Equal((one.NoiseSd, one.Plateau, one.Pieces, one.LevelledMl), (two.NoiseSd, two.Plateau, two.Pieces, two.LevelledMl));
    }

    [Fact]
    public void A_cancelled_search_stops()
    {
        Assert.Throws<OperationCanceledException>(() =>
            OrganVessels.Find(Image(0, lesion: false), Organ, new VesselSettings(), 1, new CancellationToken(canceled: true)));
    }

    private static VesselEvidence Find(Volume<float> image, int threads = 2) =>
        OrganVessels.Find(image, Organ, new VesselSettings(), threads, CancellationToken.None);

    private static Volume<float> Image(float slopePerMm, bool lesion, float noiseSd = NoiseSd) => new(Grid, Noisy(
        i =>
        {
            var (x, y, z) = TestGrids.At(i, Shape);
            var tissue = Organ[i] == 0 ? 40 : Parenchyma + (slopePerMm * (float)((x - (Size / 2)) * SpacingMm));
            return tissue + (Organ[i] == 0 ? 0 : Math.Max(Contrast * (float)TubeShare(x, y, z), lesion && IsLesion(i) ? 30 : 0));
        },
        82,
        noiseSd));

    private static float[] Noisy(Func<int, float> level, int seed, float noiseSd)
    {
        var noise = TestGrids.Noise(Shape, seed, noiseSd * 3.9f);

        // A scanner's noise is correlated over about a voxel; smoothing by 0.7 voxels leaves 1 / 3.9 of its height.
        GaussianFilter.Smooth(noise, Shape, (0.7, 0.7, 0.7), 2, noise);
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] += level(i);
        }

        return noise;
    }

    /// <summary>Share of the voxel inside a tube: 3.5 mm, 2 mm and 1.4 mm in radius, along the three axes.</summary>
    private static double TubeShare(int x, int y, int z)
    {
        var share = Math.Max(Share(Across(x - 30, y - 30), 3.5), Share(Across(y - 44, z - 40), 2.0));
        return Math.Max(share, Share(Across(x - 46, z - 26), 1.4));

        static double Across(int a, int b) => Math.Sqrt((a * a) + (b * b)) * SpacingMm;

        static double Share(double distanceMm, double radiusMm) => Math.Clamp(((radiusMm - distanceMm) / SpacingMm) + 0.5, 0, 1);
    }

    private static bool IsLesion(int i)
    {
        var (x, y, z) = TestGrids.At(i, Shape);
        return Math.Sqrt(((x - 50) * (x - 50)) + ((y - 26) * (y - 26)) + ((z - 44) * (z - 44))) * SpacingMm <= 11;
    }

    private static double FromCentreMm(int x, int y, int z)
    {
        const double Centre = (Size - 1) / 2.0;
        return Math.Sqrt(((x - Centre) * (x - Centre)) + ((y - Centre) * (y - Centre)) + ((z - Centre) * (z - Centre))) * SpacingMm;
    }

    private static int Index(int x, int y, int z) => (((z * Size) + y) * Size) + x;

    private static double Dice(byte[] a, byte[] b)
    {
        double both = a.Zip(b).Count(pair => pair.First != 0 && pair.Second != 0);
        return 2 * both / (a.Count(v => v != 0) + b.Count(v => v != 0));
    }
}
