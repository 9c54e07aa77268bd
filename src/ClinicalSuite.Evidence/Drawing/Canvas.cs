using System.Globalization;
using System.Text;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>A PDF document or a picture, drawn with the same calls; units are points (pictures: pixels), y grows downwards.</summary>
public sealed unsafe class Canvas : IDisposable
{
    private readonly Dictionary<string, nint> fonts = [];
    private readonly nint fontOptions;
    private readonly ByteSink? sink;
    private readonly nint surface;
    private readonly nint context;
    private readonly int columns;
    private readonly int rows;
    private readonly HashSet<Rune> escaped = [];
    private bool disposed;

    private Canvas(nint surface, ByteSink? sink, int columns, int rows)
    {
        (this.surface, this.sink, this.columns, this.rows) = (surface, sink, columns, rows);
        context = Cairo.Create(surface);
        Cairo.SetLineCap(context, Cairo.LineRound);
        Cairo.SetLineJoin(context, Cairo.LineRound);

        // Unhinted: the same letters at the same places on paper and in pictures.
        fontOptions = Cairo.CreateFontOptions();
        Cairo.SetAntialias(fontOptions, Cairo.AntialiasGray);
        Cairo.SetHintStyle(fontOptions, Cairo.HintStyleNone);
        Cairo.SetHintMetrics(fontOptions, Cairo.HintMetricsOff);
        Cairo.Demand(Cairo.Status(context));
    }

    /// <summary>Characters of the texts so far that are in no installed font and are shown by their code.</summary>
    public IReadOnlySet<Rune> EscapedCharacters => escaped;

    /// <summary>A PDF; its pages have one size.</summary>
    public static Canvas Pdf(double width, double height, DocumentProperties properties)
    {
        var sink = new ByteSink();
        var surface = Cairo.PdfSurface(ByteSink.Callback, sink.Closure, width, height);
        var canvas = new Canvas(surface, sink, 0, 0);
        var created = properties.Created.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        Cairo.SetMetadata(surface, Cairo.Metadata.Title, properties.Title);
        Cairo.SetMetadata(surface, Cairo.Metadata.Author, properties.Author);
        Cairo.SetMetadata(surface, Cairo.Metadata.Creator, properties.Author);
        Cairo.SetMetadata(surface, Cairo.Metadata.Subject, properties.Subject);
        Cairo.SetMetadata(surface, Cairo.Metadata.CreateDate, created);
        Cairo.SetMetadata(surface, Cairo.Metadata.ModifyDate, created);
        return canvas;
    }

    /// <summary>A picture of so many pixels, black at first.</summary>
    public static Canvas Picture(int columns, int rows) =>
        new(Cairo.ImageSurface(Cairo.FormatRgb24, columns, rows), null, columns, rows);

    /// <summary>Lays text out. The caller disposes it before the canvas.</summary>
    /// <exception cref="MissingFontException">Not even a code can be shown: a digit is in no font.</exception>
    public TextBlock Layout(string text, in TextStyle style, TextSpan span = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!fonts.TryGetValue(style.Description, out var font))
        {
            font = Pango.FontFrom(style.Description);
            fonts.Add(style.Description, font);
        }

        var block = new TextBlock(context, fontOptions, font, text, style, span);
        escaped.UnionWith(block.EscapedCharacters);
        return block;
    }

    /// <summary>Draws text with its upper left corner at a point.</summary>
    public void Draw(TextBlock block, double x, double y)
    {
        SetColor(block.Style.Color);
        Cairo.MoveTo(context, x, y);
        Pango.Show(context, block.Layout);
    }

    /// <summary>Lays text out and draws it; returns its height.</summary>
    /// <exception cref="MissingFontException">Not even a code can be shown: a digit is in no font.</exception>
    public double Text(string text, in TextStyle style, double x, double y, TextSpan span = default)
    {
        using var block = Layout(text, style, span);
        Draw(block, x, y);
        return block.Height;
    }

    public void Fill(in Box box, Rgb color, double opacity = 1)
    {
        SetColor(color, opacity);
        Cairo.Rectangle(context, box.X, box.Y, box.Width, box.Height);
        Cairo.Fill(context);
    }

    public void Frame(in Box box, Rgb color, double lineWidth)
    {
        SetColor(color);
        Cairo.SetLineWidth(context, lineWidth);
        Cairo.Rectangle(context, box.X, box.Y, box.Width, box.Height);
        Cairo.Stroke(context);
    }

    public void Line(double x1, double y1, double x2, double y2, Rgb color, double lineWidth) =>
        Polyline([(x1, y1), (x2, y2)], color, lineWidth);

    public void Polyline(IReadOnlyList<(double X, double Y)> points, Rgb color, double lineWidth)
    {
        if (points.Count < 2)
        {
            return;
        }

        SetColor(color);
        Cairo.SetLineWidth(context, lineWidth);
        Cairo.MoveTo(context, points[0].X, points[0].Y);
        foreach (var (x, y) in points.Skip(1))
        {
            Cairo.LineTo(context, x, y);
        }

        Cairo.Stroke(context);
    }

    /// <summary>Draws pixels into a box, stretched to it; smooth unless <paramref name="sharp"/>.</summary>
    public void Image(RgbImage image, in Box box, bool sharp = false)
    {
        var picture = SurfaceOf(image);
        Cairo.Save(context);
        Cairo.Rectangle(context, box.X, box.Y, box.Width, box.Height);
        Cairo.Clip(context);
        Cairo.Translate(context, box.X, box.Y);
        Cairo.Scale(context, box.Width / image.Columns, box.Height / image.Rows);
        Cairo.SetSourceSurface(context, picture, 0, 0);
        Cairo.SetFilter(Cairo.GetSource(context), sharp ? Cairo.FilterNearest : Cairo.FilterGood);
        Cairo.SetExtend(Cairo.GetSource(context), Cairo.ExtendPad);
        Cairo.Rectangle(context, 0, 0, image.Columns, image.Rows);
        Cairo.Fill(context);
        Cairo.Restore(context);
        Cairo.DestroySurface(picture);
    }

    /// <summary>Draws within a box only.</summary>
    public void Clipped(in Box box, Action draw)
    {
        Cairo.Save(context);
        Cairo.Rectangle(context, box.X, box.Y, box.Width, box.Height);
        Cairo.Clip(context);
        draw();
        Cairo.Restore(context);
    }

    /// <summary>Ends the page; what follows is on the next.</summary>
    public void EndPage() => Cairo.ShowPage(context);

    /// <summary>The finished PDF. Nothing can be drawn after it.</summary>
    public byte[] ToPdf()
    {
        var output = sink ?? throw new InvalidOperationException("this canvas is a picture");
        Cairo.Demand(Cairo.Status(context));
        Cairo.Finish(surface);
        Cairo.Demand(Cairo.SurfaceStatus(surface));
        return output.ToArray();
    }

    public byte[] ToPng()
    {
        Cairo.Demand(Cairo.Status(context));
        using var output = new ByteSink();
        Cairo.Demand(Cairo.WritePng(surface, ByteSink.Callback, output.Closure));
        return output.ToArray();
    }

    public RgbImage ToImage()
    {
        Cairo.Demand(Cairo.Status(context));
        Cairo.Flush(surface);
        var stride = Cairo.ImageStride(surface);
        var bytes = new ReadOnlySpan<byte>(Cairo.ImageBytes(surface), stride * rows);
        var pixels = new byte[3 * columns * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                // RGB24 is a native 32-bit word 00RRGGBB: B, G, R, 0 in memory on x86 and Arm.
                var from = (row * stride) + (4 * column);
                var to = 3 * ((row * columns) + column);
                (pixels[to], pixels[to + 1], pixels[to + 2]) = (bytes[from + 2], bytes[from + 1], bytes[from]);
            }
        }

        return new RgbImage(columns, rows, pixels);
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        foreach (var font in fonts.Values)
        {
            Pango.FreeFont(font);
        }

        Cairo.DestroyFontOptions(fontOptions);
        Cairo.Destroy(context);
        Cairo.Finish(surface);
        Cairo.DestroySurface(surface);
        sink?.Dispose();
    }

    private static nint SurfaceOf(RgbImage image)
    {
        var picture = Cairo.ImageSurface(Cairo.FormatRgb24, image.Columns, image.Rows);
        Cairo.Demand(Cairo.SurfaceStatus(picture));
        Cairo.Flush(picture);
        var stride = Cairo.ImageStride(picture);
        var bytes = new Span<byte>(Cairo.ImageBytes(picture), stride * image.Rows);
        for (var row = 0; row < image.Rows; row++)
        {
            for (var column = 0; column < image.Columns; column++)
            {
                var from = 3 * ((row * image.Columns) + column);
                var to = (row * stride) + (4 * column);
                bytes[to] = image.Pixels[from + 2];
                bytes[to + 1] = image.Pixels[from + 1];
                bytes[to + 2] = image.Pixels[from];
                bytes[to + 3] = 255;
            }
        }

        Cairo.MarkDirty(picture);
        return picture;
    }

    private void SetColor(Rgb color, double opacity = 1) =>
        Cairo.SetColor(context, color.Red / 255.0, color.Green / 255.0, color.Blue / 255.0, opacity);
}
