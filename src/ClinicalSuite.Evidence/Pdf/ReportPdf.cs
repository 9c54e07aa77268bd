using System.Text;
using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>The report for people: who, what was seen, the numbers, how far to trust them, and how they were made.</summary>
public static class ReportPdf
{
    /// <summary>Writes it in the language of the context. Equal input gives equal bytes.</summary>
    /// <exception cref="MissingFontException">Not even digits are in an installed font.</exception>
    public static byte[] Write(EvidenceContext context, AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        var (pdf, escaped) = Write(context, result, []);

        // Which characters lack a font is known only when all is laid out; the warning of it stands on top.
        return escaped.Count == 0 ? pdf : Write(context, result, escaped).Pdf;
    }

    private static (byte[] Pdf, IReadOnlyList<Rune> Escaped) Write(
        EvidenceContext context, AnalysisResult result, IReadOnlyList<Rune> escaped)
    {
        var words = ReportWords.In(context.Language);
        var header = new ReportHeader(context, words);
        var properties = new DocumentProperties(
            $"{header.Title} · {words.Report}", context.Device.Manufacturer, ReportWords.ResearchUse, context.Time);
        using var canvas = Canvas.Pdf(ReportStyle.PageWidth, ReportStyle.PageHeight, properties);
        using var blocks = new ReportBlocks(canvas);
        var content = new ReportContent(context, words, header, blocks) { EscapedCharacters = escaped };
        var pages = ReportFlow.Place(
            content.Of(result), ReportStyle.Margin, ReportStyle.PageHeight - ReportStyle.FooterHeight - 10);
        ReportFlow.Draw(canvas, pages, (number, of) => header.DrawFrame(canvas, number, of));
        return (canvas.ToPdf(), [.. canvas.EscapedCharacters.Order()]);
    }
}
