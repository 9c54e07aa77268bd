namespace ClinicalSuite.Evidence.Labels;

/// <summary>
/// Fills closed contours on a plane of pixels: a pixel is inside where its centre is, by the even-odd rule over all contours together, so
/// that a contour within a contour is a hole.
/// </summary>
internal static class PolygonFill
{
    /// <param name="contours">Points in pixels, (0, 0) the centre of the first; each contour is closed by itself.</param>
    public static void EvenOdd(IReadOnlyList<IReadOnlyList<(double Column, double Row)>> contours, int columns, int rows, Span<byte> plane)
    {
        var crossings = new List<double>();
        for (var row = 0; row < rows; row++)
        {
            crossings.Clear();
            foreach (var contour in contours)
            {
                AddCrossings(contour, row, crossings);
            }

            crossings.Sort();
            for (var pair = 0; pair + 1 < crossings.Count; pair += 2)
            {
                // Half open, as the rows are: two contours that share an edge share no pixel and leave none out.
                var from = (int)Math.Ceiling(Math.Clamp(crossings[pair], 0, columns));
                var to = (int)Math.Ceiling(Math.Clamp(crossings[pair + 1], 0, columns));
                plane[((row * columns) + from)..((row * columns) + to)].Fill(1);
            }
        }
    }

    private static void AddCrossings(IReadOnlyList<(double Column, double Row)> contour, int row, List<double> crossings)
    {
        for (var point = 0; point < contour.Count; point++)
        {
            var (a, b) = (contour[point], contour[(point + 1) % contour.Count]);
            if ((a.Row <= row) != (b.Row <= row))
            {
                crossings.Add(a.Column + ((row - a.Row) / (b.Row - a.Row) * (b.Column - a.Column)));
            }
        }
    }
}
