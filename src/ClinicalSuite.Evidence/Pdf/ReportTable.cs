using System.Globalization;
using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>The table of measurements, grouped by structure.</summary>
internal sealed class ReportTable(ReportWords words, DocumentLanguage language, ReportBlocks blocks)
{
    public IEnumerable<ReportBlock> Of(AnalysisResult.Completed result)
    {
        if (result.Measurements.Count == 0)
        {
            yield break;
        }

        var columns = Columns(result.Measurements.Any(measurement => measurement.Uncertainty is not null));
        var head = blocks.TableHead(columns);
        yield return blocks.Heading(words.Measurements);
        yield return head;
        var segments = result.Segments?.Segments ?? [];
        foreach (var group in result.Measurements.GroupBy(measurement => measurement.SegmentNumber))
        {
            var segment = segments.FirstOrDefault(segment => segment.Number == group.Key);
            var name = segment is null ? words.General : ReportTerms.Segment(segment, language);
            yield return blocks.TableGroup(name, segment?.Color, head);
            foreach (var measurement in group)
            {
                yield return blocks.TableRow(columns, Cells(measurement, segment, columns.Count == 5), head);
            }
        }
    }

    /// <summary>The column of uncertainties only where one is known.</summary>
    private List<ReportColumn> Columns(bool hasUncertainty)
    {
        var value = new TextStyle(9.5, ReportStyle.Ink, Bold: true);
        List<ReportColumn> columns =
        [
            new(words.Measurement, hasUncertainty ? 0.40 : 0.48, ReportStyle.Body),
            new(words.Value, 0.17, value, TextAlignment.Right),
            new(words.Unit, 0.10, ReportStyle.Body),
        ];
        if (hasUncertainty)
        {
            columns.Add(new ReportColumn(words.Uncertainty, 0.13, ReportStyle.Body, TextAlignment.Right));
        }

        columns.Add(new ReportColumn(words.Method, 1 - columns.Sum(column => column.Share), ReportStyle.Small));
        return columns;
    }

    private List<string> Cells(Measurement measurement, Segment? segment, bool hasUncertainty)
    {
        // A value that could not be obtained says so in place of the number, and why in place of the method.
        var isMissing = measurement.Value is null;
        List<string> cells =
        [
            ReportTerms.Measurement(measurement, segment, language),
            isMissing ? words.Missing : Number(measurement.Value!.Value, measurement.Decimals),
            isMissing ? "" : ReportTerms.Unit(measurement.Unit),
        ];
        if (hasUncertainty)
        {
            cells.Add(measurement.Uncertainty is { } uncertainty && !isMissing ? "± " + Number(uncertainty, measurement.Decimals) : "");
        }

        cells.Add(isMissing && measurement.Missing is { } reason ? ReportTerms.Of(reason, language) : measurement.Method);
        return cells;
    }

    private static string Number(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .Replace('-', '−');
}
