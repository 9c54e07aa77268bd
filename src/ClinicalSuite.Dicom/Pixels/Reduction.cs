namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Smaller pictures: each pixel is the mean of those it stands for.</summary>
internal static class Reduction
{
    /// <summary>The picture itself where it fits.</summary>
    public static RenderedFrame Fit(RenderedFrame picture, int? maximumColumns, int? maximumRows)
    {
        var scale = Math.Min(
            (double)Math.Max(1, maximumColumns ?? picture.Columns) / picture.Columns,
            (double)Math.Max(1, maximumRows ?? picture.Rows) / picture.Rows);
        if (scale >= 1)
        {
            return picture;
        }

        var columns = Math.Max(1, (int)Math.Round(picture.Columns * scale));
        var rows = Math.Max(1, (int)Math.Round(picture.Rows * scale));
        var samples = picture.SamplesPerPixel;
        var source = picture.Pixels.Span;
        var target = new byte[columns * rows * samples];
        for (var row = 0; row < rows; row++)
        {
            var (top, bottom) = Range(row, rows, picture.Rows);
            for (var column = 0; column < columns; column++)
            {
                var (left, right) = Range(column, columns, picture.Columns);
                for (var sample = 0; sample < samples; sample++)
                {
                    var sum = 0L;
                    for (var y = top; y < bottom; y++)
                    {
                        for (var x = left; x < right; x++)
                        {
                            sum += source[(((y * picture.Columns) + x) * samples) + sample];
                        }
                    }

                    var count = (long)(bottom - top) * (right - left);
                    target[(((row * columns) + column) * samples) + sample] = (byte)((sum + (count / 2)) / count);
                }
            }
        }

        return new RenderedFrame(columns, rows, samples, target);
    }

    private static (int First, int Beyond) Range(int index, int count, int length)
    {
        var first = (int)((long)index * length / count);
        return (first, Math.Max(first + 1, (int)((long)(index + 1) * length / count)));
    }
}
