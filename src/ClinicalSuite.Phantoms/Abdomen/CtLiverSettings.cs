namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>What <see cref="CtLiver"/> is to make. Spacings of null: 1.2 x 1.2 x 2 mm when easy, 0.8 mm isotropic when hard.</summary>
public sealed record CtLiverSettings
{
    public ulong Seed { get; init; } = 1;

    public PhantomDifficulty Difficulty { get; init; } = PhantomDifficulty.Easy;

    /// <summary>Between columns and between rows, mm; 0.5 to 4.</summary>
    public double? SpacingMm { get; init; }

    /// <summary>Between slices, which are as thick, mm; 0.5 to 5.</summary>
    public double? SliceMm { get; init; }

    /// <summary>Iodine, portal phase; without it a native scan.</summary>
    public bool Contrast { get; init; } = true;

    public CtLiverField Field { get; init; } = CtLiverField.Abdomen;

    internal double InPlaneMm => SpacingMm ?? (Difficulty == PhantomDifficulty.Hard ? 0.8 : 1.2);

    internal double ThroughPlaneMm => SliceMm ?? (Difficulty == PhantomDifficulty.Hard ? 0.8 : 2);
}
