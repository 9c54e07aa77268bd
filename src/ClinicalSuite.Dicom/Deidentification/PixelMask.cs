namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>The pixels of a frame that are blanked, row by row.</summary>
internal sealed class PixelMask
{
    private PixelMask(int rows, int columns) => (Rows, Columns, Blank) = (rows, columns, new bool[(long)rows * columns]);

    public int Rows { get; }

    public int Columns { get; }

    public bool[] Blank { get; }

    public bool IsEmpty => !Blank.Contains(true);

    /// <summary>Areas that reach over the edge are cut there.</summary>
    public static PixelMask Of(int rows, int columns, IEnumerable<PixelArea> areas)
    {
        var mask = new PixelMask(rows, columns);
        foreach (var area in areas)
        {
            mask.Fill(area.X, area.Y, (long)area.X + area.Width, (long)area.Y + area.Height, isBlank: true);
        }

        return mask;
    }

    /// <summary>Blanks all that no calibrated region covers (PS3.3 C.8.5.5); false where the image has none.</summary>
    public bool TryKeepOnlyUltrasoundRegions(DicomDataset dataset)
    {
        var regions = dataset.GetSequence(DicomTag.SequenceOfUltrasoundRegions);
        if (regions.Count == 0)
        {
            return false;
        }

        var kept = new PixelMask(Rows, Columns);
        Array.Fill(kept.Blank, true);
        foreach (var region in regions)
        {
            // The last column and row belong to the region.
            kept.Fill(
                region.GetInt(DicomTag.RegionLocationMinX0), region.GetInt(DicomTag.RegionLocationMinY0),
                region.GetInt(DicomTag.RegionLocationMaxX1) + 1L, region.GetInt(DicomTag.RegionLocationMaxY1) + 1L,
                isBlank: false);
        }

        for (var index = 0; index < Blank.Length; index++)
        {
            Blank[index] |= kept.Blank[index];
        }

        return true;
    }

    private void Fill(int left, int top, long right, long bottom, bool isBlank)
    {
        var width = (int)Math.Min(right, Columns) - left;
        if (width <= 0 || left < 0)
        {
            return;
        }

        for (var row = Math.Max(0, top); row < Math.Min(bottom, Rows); row++)
        {
            Array.Fill(Blank, isBlank, (row * Columns) + left, width);
        }
    }
}
