namespace ClinicalSuite.Findings;

/// <summary>A display colour, sRGB, 8 bits a channel.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue);
