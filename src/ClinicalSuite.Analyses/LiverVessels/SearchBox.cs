namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Where a liver can be: right half of the body, not at the back, below and around the base of the right lung.</summary>
/// <param name="MidColumn">Midline of the body; smaller columns are the right side.</param>
internal sealed record SearchBox(byte[] Mask, int MidColumn, int BodyColumns, int FrontRow, int BodyRows)
{
    /// <summary>Behind this row lie ribs, spine and muscles of the back.</summary>
    public double BackRow => FrontRow + (BackShare * (BodyRows - 1));

    private const double BackShare = 0.8;
    private const double BelowMm = 40;
    private const double AboveMm = 60;
    private const double TopWithoutLungMm = 100;
    private const double LungBaseMm2 = 500;

    public static SearchBox Find(WorkImage work, BodyAndLungs anatomy)
    {
        var shape = work.Shape;
        var (left, right, front, back) = Extent(work, anatomy.Body);
        var mid = (left + right) / 2;
        var backLimit = front + (BackShare * (back - front));
        var (fromSlice, toSlice) = Slices(work, anatomy.Lungs, mid);
        var deep = work.Eroded(anatomy.Body, 20);
        var nearLung = work.Dilated(anatomy.Lungs, 6);
        var mask = work.Mask(i =>
        {
            var (column, row, slice) = (i % shape.Columns, i / shape.Columns % shape.Rows, i / shape.SliceSize);
            return column < mid && row < backLimit && slice >= fromSlice && slice <= toSlice && deep[i] != 0 && nearLung[i] == 0;
        });
        return new SearchBox(mask, mid, right - left + 1, front, back - front + 1);
    }

    private static (int Left, int Right, int Front, int Back) Extent(WorkImage work, byte[] body)
    {
        var (shape, columns, rows) = (work.Shape, new long[work.Shape.Columns], new long[work.Shape.Rows]);
        for (var i = 0; i < body.Length; i++)
        {
            columns[i % shape.Columns] += body[i];
            rows[i / shape.Columns % shape.Rows] += body[i];
        }

        return (Array.FindIndex(columns, n => n > 0), Array.FindLastIndex(columns, n => n > 0),
            Array.FindIndex(rows, n => n > 0), Array.FindLastIndex(rows, n => n > 0));
    }

    private static (int From, int To) Slices(WorkImage work, byte[] lungs, int mid)
    {
        var shape = work.Shape;
        var areas = new double[shape.Slices];
        for (var i = 0; i < lungs.Length; i++)
        {
            if (lungs[i] != 0 && i % shape.Columns < mid)
            {
                areas[i / shape.SliceSize] += work.Spacing.Column * work.Spacing.Row;
            }
        }

        var lungBase = Array.FindIndex(areas, area => area > LungBaseMm2);
        var largest = areas.Max();
        if (largest <= 0)
        {
            return (shape.Slices - 1 - (int)(TopWithoutLungMm / work.Spacing.Slice), shape.Slices - 1);
        }

        lungBase = lungBase >= 0 ? lungBase : Array.IndexOf(areas, largest);
        return (lungBase - (int)(BelowMm / work.Spacing.Slice), lungBase + (int)(AboveMm / work.Spacing.Slice));
    }
}
