namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>Numbers in the truth of <see cref="CtLiver"/>. The whole liver is 1 together with 2, 3 and 11.</summary>
public static class CtLiverLabel
{
    public const byte None = 0;

    /// <summary>Parenchyma.</summary>
    public const byte Liver = 1;

    /// <summary>Portal vein and its branches within the liver.</summary>
    public const byte PortalVein = 2;

    public const byte HepaticVein = 3;

    /// <summary>Trunk, splenic and superior mesenteric vein outside the liver.</summary>
    public const byte PortalVeinOutside = 4;

    public const byte Spleen = 5;
    public const byte Kidney = 6;
    public const byte Aorta = 7;
    public const byte Cava = 8;
    public const byte Lung = 9;
    public const byte Bone = 10;

    /// <summary>Liver lesion.</summary>
    public const byte Lesion = 11;

    public static bool IsLiver(byte label) => label is Liver or PortalVein or HepaticVein or Lesion;

    public static bool IsLiverVessel(byte label) => label is PortalVein or HepaticVein;
}
