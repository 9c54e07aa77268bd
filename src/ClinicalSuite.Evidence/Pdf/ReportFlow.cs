using ClinicalSuite.Evidence.Drawing;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>Sets blocks on pages: first all are placed, then drawn, since each page says of how many it is one.</summary>
internal static class ReportFlow
{
    /// <returns>For each page its blocks and their tops.</returns>
    public static IReadOnlyList<IReadOnlyList<(ReportBlock Block, double Y)>> Place(
        IReadOnlyList<ReportBlock> blocks, double top, double bottom)
    {
        List<List<(ReportBlock Block, double Y)>> pages = [[]];
        var y = top;
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            var isFirst = pages[^1].Count == 0;
            if (!isFirst && y + block.SpaceBefore + HeightWithFollowers(blocks, i) > bottom)
            {
                pages.Add([]);
                (y, isFirst) = (top, true);
                if (block.Head is { } head)
                {
                    pages[^1].Add((head, y));
                    y += head.Height;
                }
            }

            y += isFirst ? 0 : block.SpaceBefore;
            pages[^1].Add((block, y));
            y += block.Height;
        }

        return pages;
    }

    /// <summary>Draws the pages; <paramref name="frame"/> draws what surrounds page number n of m.</summary>
    public static void Draw(
        Canvas canvas, IReadOnlyList<IReadOnlyList<(ReportBlock Block, double Y)>> pages, Action<int, int> frame)
    {
        for (var page = 0; page < pages.Count; page++)
        {
            frame(page + 1, pages.Count);
            foreach (var (block, y) in pages[page])
            {
                block.Draw(canvas, y);
            }

            canvas.EndPage();
        }
    }

    /// <summary>A heading needs room for what follows it: the chain of blocks that keep together, and one more.</summary>
    private static double HeightWithFollowers(IReadOnlyList<ReportBlock> blocks, int index)
    {
        var height = blocks[index].Height;
        while (blocks[index].KeepsWithNext && index + 1 < blocks.Count)
        {
            index++;
            height += blocks[index].SpaceBefore + blocks[index].Height;
        }

        return height;
    }
}
