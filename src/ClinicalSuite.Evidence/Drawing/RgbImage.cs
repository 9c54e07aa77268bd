namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Colour pixels: R, G, B, 8 bits each, row by row from the top, no padding (<c>3 * Columns * Rows</c> bytes).</summary>
public sealed record RgbImage(int Columns, int Rows, byte[] Pixels);
