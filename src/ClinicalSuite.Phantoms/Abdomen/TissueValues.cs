namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>CT numbers, HU, as seen at 120 kV; portal phase 70 s after iodine, or without it.</summary>
internal sealed record TissueValues
{
    public static readonly TissueValues Portal = new();

    public static readonly TissueValues Native = new()
    {
        Liver = 56,
        Spleen = 48,
        KidneyCortex = 33,
        KidneyMedulla = 30,
        Aorta = 42,
        Cava = 41,
        PortalVein = 42,
        HepaticVein = 42,
        Muscle = 50,
        Pancreas = 40,
        Heart = 42,
        Wall = 40,
    };

    public double Air { get; } = -1000;

    public double Table { get; } = -180;

    public double Skin { get; } = 20;

    public double Fat { get; } = -105;

    public double VisceralFat { get; } = -98;

    public double Lung { get; } = -840;

    public double BoneShell { get; } = 520;

    public double Marrow { get; } = 190;

    public double Disc { get; } = 85;

    public double Cord { get; } = 35;

    public double Bile { get; } = 9;

    public double StomachFluid { get; } = 18;

    public double Gas { get; } = -960;

    public double Muscle { get; init; } = 60;

    public double Liver { get; init; } = 105;

    public double Spleen { get; init; } = 120;

    public double KidneyCortex { get; init; } = 185;

    public double KidneyMedulla { get; init; } = 140;

    public double Aorta { get; init; } = 158;

    public double Cava { get; init; } = 150;

    public double Pancreas { get; init; } = 90;

    public double Heart { get; init; } = 145;

    /// <summary>Wall and contents of stomach and bowel.</summary>
    public double Wall { get; init; } = 70;

    /// <summary>In a liver at <see cref="Liver"/>.</summary>
    public double PortalVein { get; init; } = 180;

    public double HepaticVein { get; init; } = 170;
}
