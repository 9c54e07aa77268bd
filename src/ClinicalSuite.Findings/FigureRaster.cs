namespace ClinicalSuite.Findings;

/// <summary>Grey values, row by row from the top, and the window (low is black, high is white).</summary>
public sealed record FigureRaster(int Columns, int Rows, float[] Values, float WindowLow, float WindowHigh);
