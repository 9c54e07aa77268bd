namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>One stream of random numbers per purpose: a change in one part leaves the others as they were.</summary>
internal static class Streams
{
    public const ulong Body = 1;
    public const ulong Liver = 2;
    public const ulong Bowel = 3;
    public const ulong PortalStems = 4;
    public const ulong HepaticStems = 5;
    public const ulong Growth = 6;
    public const ulong Lesions = 7;
    public const ulong Bias = 8;
    public const ulong Texture = 9;
    public const ulong ContrastField = 10;
    public const ulong Noise = 11;
    public const ulong NoiseLevel = 12;
}
