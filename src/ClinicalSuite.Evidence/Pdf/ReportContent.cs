using System.Globalization;
using System.Text;
using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>What the report says, from top to bottom.</summary>
internal sealed class ReportContent(EvidenceContext context, ReportWords words, ReportHeader header, ReportBlocks blocks)
{
    private const double KeyFigureHeight = 262;
    private const double FurtherFigureHeight = 230;

    /// <summary>Characters that are shown by their code, for want of a font.</summary>
    public IReadOnlyList<Rune> EscapedCharacters { get; init; } = [];

    private DocumentLanguage Language => context.Language;

    public IReadOnlyList<ReportBlock> Of(AnalysisResult result)
    {
        List<ReportBlock> report = [header.Masthead(blocks), header.PatientAndStudy(blocks), .. Warnings()];
        if (result is AnalysisResult.Completed completed)
        {
            var figures = completed.Figures.Select(figure => ReportTerms.Localized(figure, Language)).ToList();
            report.AddRange(figures.Take(1).Select(figure => blocks.Picture(figure, figure.Title, KeyFigureHeight)));
            report.AddRange(new ReportTable(words, Language, blocks).Of(completed));
            report.AddRange(Assessments(completed.Assessments));
            report.AddRange(figures.Skip(1).Select(figure => blocks.Picture(figure, figure.Title, FurtherFigureHeight)));
            report.AddRange(Quality(completed.Quality));
            report.AddRange(Given(completed.Segments?.Segments ?? []));
            report.AddRange(Provenance(completed.Parameters));
        }
        else if (result is AnalysisResult.NotAssessable refusal)
        {
            report.Add(blocks.Notice(words.NotAssessable, words.NotAssessableMeaning, ReportStyle.Red, ReportStyle.RedPanel));
            report.Add(blocks.Heading(words.Reason));
            report.Add(blocks.Paragraph(ReportTerms.Of(refusal.Reason, Language), ReportStyle.Strong));
            report.Add(blocks.NameAndValue(words.Cause, refusal.Cause, ReportStyle.Body));
            report.AddRange(Quality(refusal.Quality));
            report.AddRange(Provenance([]));
        }

        return report;
    }

    private IEnumerable<ReportBlock> Warnings()
    {
        if (context.Unidentified)
        {
            yield return blocks.Notice(words.Unidentified, "", ReportStyle.Red, ReportStyle.RedPanel);
        }

        if (context.HasContradictoryIdentity)
        {
            yield return blocks.Notice(words.Contradictory, "", ReportStyle.Red, ReportStyle.RedPanel);
        }

        if (EscapedCharacters.Count > 0)
        {
            var codes = string.Join(' ', EscapedCharacters.Select(
                rune => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}")));
            yield return blocks.Notice($"{words.Warning}: {words.MissingGlyphs}", codes, ReportStyle.Amber, ReportStyle.AmberPanel);
        }

        if (SourceStatements.IsSynthetic(context))
        {
            yield return blocks.Notice(words.Synthetic, "", ReportStyle.Amber, ReportStyle.AmberPanel);
        }
    }

    private IEnumerable<ReportBlock> Assessments(IReadOnlyList<Assessment> assessments)
    {
        if (assessments.Count == 0)
        {
            yield break;
        }

        yield return blocks.Heading(words.Assessments);
        foreach (var assessment in assessments)
        {
            yield return blocks.NameAndValue(
                ReportTerms.Assessment(assessment, Language), Statement(assessment), ReportStyle.Strong, nameWidth: 170);
            if (assessment.Contributions.Count > 0)
            {
                var named = assessment.Contributions.Select(
                    part => string.Create(CultureInfo.InvariantCulture, $"{ReportTerms.Label(part.Indicator, Language)} {part.Contribution:+0.00;−0.00;0.00}"));
                yield return blocks.Paragraph($"{words.Contributions}: {string.Join(", ", named)}", ReportStyle.Small, spaceBefore: 1);
            }
        }
    }

    private string Statement(Assessment assessment)
    {
        List<string> parts = [];
        if (assessment.Category is { } category)
        {
            parts.Add(ReportTerms.Of(category, Language));
        }

        if (assessment.Probability is { } probability)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{words.Probability} {probability:0.00}"));
        }

        if (assessment.Interval is { } interval)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{words.Interval} {interval.Low:0.00}–{interval.High:0.00}"));
        }

        return parts.Count == 0 ? words.Missing : string.Join(", ", parts);
    }

    private IEnumerable<ReportBlock> Quality(IReadOnlyList<QualityNote> notes)
    {
        yield return blocks.Heading(words.Quality);
        if (notes.Count == 0)
        {
            yield return blocks.Paragraph(words.NoQualityNotes, ReportStyle.Body);
        }

        foreach (var note in notes.OrderByDescending(note => note.Severity))
        {
            var isWarning = note.Severity == QualitySeverity.Warning;
            yield return isWarning
                ? blocks.Notice($"{words.Warning}: {ReportTerms.Of(note.Code, Language)}", note.Cause, ReportStyle.Amber, ReportStyle.AmberPanel)
                : blocks.Notice($"{words.Note}: {ReportTerms.Of(note.Code, Language)}", note.Cause, ReportStyle.Accent, ReportStyle.Panel);
        }
    }

    private IEnumerable<ReportBlock> Given(IReadOnlyList<Segment> segments)
    {
        var given = segments.Where(segment => segment.Source is not null).ToList();
        if (given.Count == 0)
        {
            yield break;
        }

        yield return blocks.Heading(words.Given);
        foreach (var segment in given)
        {
            yield return blocks.NameAndValue(ReportTerms.Segment(segment, Language), segment.Source!, ReportStyle.Body);
        }
    }

    private IEnumerable<ReportBlock> Provenance(IReadOnlyList<string> parameters)
    {
        var analysis = context.Analysis;
        yield return blocks.Heading(words.Provenance);
        yield return Line(words.Analysis, $"{analysis.Id}, {words.Version} {analysis.Version}");
        yield return Line(words.Algorithm, ReportTerms.Of(analysis.Description.Family, Language));
        foreach (var (role, series) in context.Series.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var facts = series.Manifest;
            var slices = series.Slices.Count > 0 ? series.Slices.Count : facts.InstanceCount;
            var about = string.Join(", ", new[] { facts.Modality, facts.Description, $"{slices} {words.Slices}" }.Where(text => text.Length > 0));
            yield return Line($"{words.Source} ({role})", $"{about}\n{facts.SeriesUid}");
        }

        yield return Line(words.Run, context.RunId);
        yield return Line(words.Time, ReportHeader.Local(context.Time));
        if (context.Predecessor is { } predecessor)
        {
            yield return Line(words.Replaces, predecessor.RunId);
        }

        var device = context.Device;
        yield return Line(words.Device, $"{device.Manufacturer}, {device.Model}, {device.SerialNumber}, {words.Version} {device.SoftwareVersion}");
        if (parameters.Count > 0)
        {
            yield return Line(words.Parameters, string.Join("; ", parameters));
        }

        ReportBlock Line(string name, string value) => blocks.NameAndValue(name, value, new TextStyle(8, ReportStyle.Ink));
    }
}
