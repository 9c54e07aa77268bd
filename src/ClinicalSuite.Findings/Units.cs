namespace ClinicalSuite.Findings;

/// <summary>Units of measurement in UCUM (PS3.16 CID 82 and relatives).</summary>
public static class Units
{
    public static readonly Code One = new("1", "UCUM", "no units");
    public static readonly Code CubicCentimetre = new("cm3", "UCUM", "cubic centimeter");
    public static readonly Code Millimetre = new("mm", "UCUM", "millimeter");
    public static readonly Code Hounsfield = new("[hnsf'U]", "UCUM", "Hounsfield unit");
    public static readonly Code Percent = new("%", "UCUM", "percent");
    public static readonly Code Second = new("s", "UCUM", "second");
}
