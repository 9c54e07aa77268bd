namespace ClinicalSuite.Findings;

/// <summary>A colour laid over the raster; opacity 0..255 per raster pixel.</summary>
public sealed record FigureOverlay(string Label, Rgb Color, byte[] Opacity, int? SegmentNumber = null);
