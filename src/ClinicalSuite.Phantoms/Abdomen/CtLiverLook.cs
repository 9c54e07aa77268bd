namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>What makes the image easy or hard to read.</summary>
internal sealed record CtLiverLook
{
    public static readonly CtLiverLook Easy = new() { NoiseHu = 9, DarkLesions = 1, PsfMm = 0.6 };

    /// <summary>
    /// Difficulty out of low frequencies: shading and bright lesions defeat a cut-off and leave the vessels visible, while
    /// noise and low contrast would defeat every method alike.
    /// </summary>
    public static readonly CtLiverLook Hard = new()
    {
        NoiseHu = 12,
        TextureHu = 2,
        Nodules = 40,
        DarkLesions = 6,
        BrightLesions = 3,
        LobarStepHu = 12,
        ContrastFieldSd = 0.1,
        BiasHu = (15, 35),
    };

    /// <summary>Standard deviation.</summary>
    public required double NoiseHu { get; init; }

    /// <summary>Standard deviation of the fine texture of the liver.</summary>
    public double TextureHu { get; init; }

    public int Nodules { get; init; }

    public int DarkLesions { get; init; }

    public int BrightLesions { get; init; }

    /// <summary>By which the right lobe is brighter than the left.</summary>
    public double LobarStepHu { get; init; }

    /// <summary>Relative standard deviation of the vessels' contrast from place to place.</summary>
    public double ContrastFieldSd { get; init; }

    /// <summary>Standard deviation of the point spread function.</summary>
    public double PsfMm { get; init; } = 0.65;

    /// <summary>Range of the standard deviation of the shading within the liver; null: none.</summary>
    public (double Low, double High)? BiasHu { get; init; }
}
