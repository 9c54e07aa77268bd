using ClinicalSuite.Evidence.Drawing;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>A part of a report that is not broken over pages. Measured when made, drawn when its page is known.</summary>
internal sealed class ReportBlock(double height, Action<Canvas, double> draw)
{
    /// <summary>Points.</summary>
    public double Height { get; } = height;

    /// <summary>Distance to the block above, left out at the top of a page.</summary>
    public double SpaceBefore { get; init; }

    /// <summary>Never the last on its page: headings, group names.</summary>
    public bool KeepsWithNext { get; init; }

    /// <summary>Drawn again above this block when it starts a page: the head of its table.</summary>
    public ReportBlock? Head { get; init; }

    /// <summary>Draws with the top at <paramref name="y"/>.</summary>
    public void Draw(Canvas canvas, double y) => draw(canvas, y);
}
