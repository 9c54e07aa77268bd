using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>Makes the blocks of a report on one canvas and keeps their text alive until they are drawn.</summary>
internal sealed class ReportBlocks(Canvas canvas) : IDisposable
{
    private const double Left = ReportStyle.Margin;
    private const double Width = ReportStyle.ContentWidth;
    private const double CellPadding = 4;

    private readonly List<TextBlock> texts = [];

    public TextBlock Text(string text, in TextStyle style, TextSpan span = default)
    {
        var block = canvas.Layout(text, style, span);
        texts.Add(block);
        return block;
    }

    public ReportBlock Heading(string text)
    {
        var block = Text(text, ReportStyle.Section);
        return new ReportBlock(block.Height + 5, (page, y) =>
        {
            page.Draw(block, Left, y);
            page.Line(Left, y + block.Height + 1, Left + Width, y + block.Height + 1, ReportStyle.Accent, 0.7);
        })
        {
            SpaceBefore = 14,
            KeepsWithNext = true,
        };
    }

    public ReportBlock Paragraph(string text, in TextStyle style, double spaceBefore = 3)
    {
        var block = Text(text, style, new TextSpan(Width));
        return new ReportBlock(block.Height, (page, y) => page.Draw(block, Left, y)) { SpaceBefore = spaceBefore };
    }

    /// <summary>A coloured box that cannot be overlooked: a bold line and, below it, text.</summary>
    public ReportBlock Notice(string lead, string text, Rgb color, Rgb panel)
    {
        const double inset = 9;
        var span = new TextSpan(Width - (2 * inset) - 4);
        var first = Text(lead, new TextStyle(9, color, Bold: true), span);
        var second = text.Length == 0 ? null : Text(text, ReportStyle.Body, span);
        var height = first.Height + (second?.Height ?? 0) + 9;
        return new ReportBlock(height, (page, y) =>
        {
            page.Fill(new Box(Left, y, Width, height), panel);
            page.Fill(new Box(Left, y, 3, height), color);
            page.Draw(first, Left + inset + 3, y + 4.5);
            if (second is not null)
            {
                page.Draw(second, Left + inset + 3, y + 4.5 + first.Height);
            }
        })
        {
            SpaceBefore = 6,
        };
    }

    /// <summary>A name and a value beside it; the value breaks into lines.</summary>
    public ReportBlock NameAndValue(string name, string value, in TextStyle style, double nameWidth = 104)
    {
        var left = Text(name, new TextStyle(style.Size, ReportStyle.Muted), new TextSpan(nameWidth - 6));
        var right = Text(value, style, new TextSpan(Width - nameWidth));
        return new ReportBlock(Math.Max(left.Height, right.Height), (page, y) =>
        {
            page.Draw(left, Left, y);
            page.Draw(right, Left + nameWidth, y);
        })
        {
            SpaceBefore = 1.5,
        };
    }

    /// <summary>A figure on black with its caption below.</summary>
    public ReportBlock Picture(Figure figure, string caption, double height)
    {
        var text = Text(caption, ReportStyle.Small, new TextSpan(Width));
        return new ReportBlock(height + text.Height + 3, (page, y) =>
        {
            FigureDrawing.Draw(page, figure, new Box(Left, y, Width, height), 8);
            page.Draw(text, Left, y + height + 3);
        })
        {
            SpaceBefore = 10,
        };
    }

    public ReportBlock TableHead(IReadOnlyList<ReportColumn> columns)
    {
        var cells = columns.Select(column => Text(column.Title, ReportStyle.ColumnHead, Span(column))).ToList();
        var height = cells.Max(cell => cell.Height) + 4;
        return new ReportBlock(height, (page, y) =>
        {
            DrawCells(page, columns, cells, y + 1);
            page.Line(Left, y + height - 1, Left + Width, y + height - 1, ReportStyle.Rule, 0.8);
        })
        {
            SpaceBefore = 2,
            KeepsWithNext = true,
        };
    }

    /// <summary>The name of the structure that the rows below belong to, with its colour in the figure.</summary>
    public ReportBlock TableGroup(string name, Rgb? color, ReportBlock head)
    {
        var text = Text(name, ReportStyle.Strong, new TextSpan(Width - 16));
        var height = text.Height + 4;
        return new ReportBlock(height, (page, y) =>
        {
            page.Fill(new Box(Left, y, Width, height), ReportStyle.Panel);
            if (color is { } shown)
            {
                page.Fill(new Box(Left + CellPadding, y + ((height - 7) / 2), 7, 7), shown);
            }

            page.Draw(text, Left + CellPadding + (color is null ? 0 : 12), y + 2);
        })
        {
            SpaceBefore = 2,
            KeepsWithNext = true,
            Head = head,
        };
    }

    public ReportBlock TableRow(IReadOnlyList<ReportColumn> columns, IReadOnlyList<string> values, ReportBlock head)
    {
        var cells = columns.Select((column, i) => Text(values[i], column.Style, Span(column))).ToList();
        var height = cells.Max(cell => cell.Height) + 3;
        return new ReportBlock(height, (page, y) =>
        {
            DrawCells(page, columns, cells, y + 1);
            page.Line(Left, y + height, Left + Width, y + height, ReportStyle.Rule, 0.4);
        })
        {
            SpaceBefore = 0.5,
            Head = head,
        };
    }

    public void Dispose()
    {
        foreach (var text in texts)
        {
            text.Dispose();
        }
    }

    private static TextSpan Span(ReportColumn column) => new((column.Share * Width) - (2 * CellPadding), column.Alignment);

    /// <summary>Cells share the baseline of their first line, whatever their sizes.</summary>
    private static void DrawCells(Canvas page, IReadOnlyList<ReportColumn> columns, List<TextBlock> cells, double y)
    {
        var baseline = cells.Max(cell => cell.Baseline);
        var x = Left;
        for (var i = 0; i < columns.Count; i++)
        {
            page.Draw(cells[i], x + CellPadding, y + baseline - cells[i].Baseline);
            x += columns[i].Share * Width;
        }
    }
}
