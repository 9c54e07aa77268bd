using System.Globalization;
using ClinicalSuite.Evidence.Drawing;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>Who and what the report is about: masthead, patient and study, and the lines around each page.</summary>
internal sealed class ReportHeader(EvidenceContext context, ReportWords words)
{
    private const string Absent = "—";

    private PatientFacts Patient => context.Patient;

    private StudyFacts Study => context.Order;

    public string Title => context.Language == DocumentLanguage.Chinese
        ? context.Analysis.Description.TitleChinese
        : context.Analysis.Description.Title;

    /// <summary>Both writings of the name where the source has both.</summary>
    private string PatientName
    {
        get
        {
            var characters = string.Concat(Patient.IdeographicName.Split('^'));
            var latin = string.Join(' ', Patient.AlphabeticName.Split('^').Where(part => part.Length > 0));
            return Shown(string.Join("  ", new[] { characters, latin }.Where(part => part.Length > 0).Distinct()));
        }
    }

    /// <summary>Title at the left, maker at the right, a rule below.</summary>
    public ReportBlock Masthead(ReportBlocks blocks)
    {
        const double left = ReportStyle.Margin;
        const double width = ReportStyle.ContentWidth;
        var title = blocks.Text(Title, ReportStyle.Title, new TextSpan(width - 150));
        var subtitle = blocks.Text(words.Report, ReportStyle.Subtitle);
        var maker = blocks.Text(context.Device.Model, new TextStyle(9.5, ReportStyle.Accent, Bold: true));
        var time = blocks.Text(Local(context.Time), ReportStyle.Small);
        var height = title.Height + subtitle.Height + 5;
        return new ReportBlock(height, (page, y) =>
        {
            page.Draw(title, left, y - 4);
            page.Draw(subtitle, left, y + title.Height - 6);
            page.Draw(maker, left + width - maker.Width, y + title.Baseline - 4 - maker.Baseline);
            page.Draw(time, left + width - time.Width, y + title.Height - 6);
            page.Line(left, y + height, left + width, y + height, ReportStyle.Accent, 1.6);
        });
    }

    public ReportBlock PatientAndStudy(ReportBlocks blocks)
    {
        var started = Study.Started?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
        (string Name, string Value)[] patient =
        [
            (words.Patient, PatientName),
            (words.PatientId, Shown(Joined(Patient.Id, Patient.IssuerOfId))),
            (words.BirthDate, Shown(Joined(Patient.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Age))),
            (words.Sex, Shown(Sex)),
        ];
        (string Name, string Value)[] study =
        [
            (words.Study, Shown(Study.Description.Length > 0 ? Study.Description : Study.RequestedProcedureDescription)),
            (words.StudyDate, Shown(started)),
            (words.Accession, Shown(Study.AccessionNumber)),
            (words.Referrer, Shown(string.Join(' ', Study.ReferringPhysician.Split('^').Where(part => part.Length > 0)))),
        ];
        var left = Column(blocks, patient);
        var right = Column(blocks, study);
        var height = Math.Max(HeightOf(left), HeightOf(right)) + 12;
        return new ReportBlock(height, (page, y) =>
        {
            page.Fill(new Box(ReportStyle.Margin, y, ReportStyle.ContentWidth, height), ReportStyle.Panel);
            DrawColumn(page, left, ReportStyle.Margin + 10, y + 6);
            DrawColumn(page, right, ReportStyle.Margin + (ReportStyle.ContentWidth / 2) + 6, y + 6);
        })
        {
            SpaceBefore = 8,
        };
    }

    /// <summary>Footer of every page; from the second on, who it is about, so that a lone sheet is not an orphan.</summary>
    public void DrawFrame(Canvas page, int number, int of)
    {
        const double left = ReportStyle.Margin;
        const double width = ReportStyle.ContentWidth;
        if (number > 1)
        {
            var about = string.Join("   ", Title, PatientName, Shown(Patient.Id), Shown(Study.AccessionNumber));
            page.Text(about, ReportStyle.Small, left, 24, new TextSpan(width, OneLine: true));
            page.Line(left, 38, left + width, 38, ReportStyle.Rule, 0.6);
        }

        var top = ReportStyle.PageHeight - ReportStyle.FooterHeight;
        page.Line(left, top, left + width, top, ReportStyle.Rule, 0.6);
        var research = words.Research == ReportWords.ResearchUse
            ? ReportWords.ResearchUse
            : $"{words.Research} · {ReportWords.ResearchUse}";
        page.Text(research, new TextStyle(7.5, ReportStyle.Amber, Bold: true), left, top + 3);
        page.Text(
            string.Format(CultureInfo.InvariantCulture, words.Page, number, of),
            ReportStyle.Small,
            left,
            top + 3,
            new TextSpan(width, TextAlignment.Right));
        page.Text(
            $"{words.Run} {context.RunId} · {Local(context.Time)}",
            new TextStyle(6.5, ReportStyle.Muted),
            left,
            top + 14,
            new TextSpan(width, OneLine: true));
    }

    public static string Local(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private string Sex => Patient.Sex switch
    {
        "M" => words.Male,
        "F" => words.Female,
        "O" => words.OtherSex,
        var other => other,
    };

    /// <summary>"056Y" as "56 years"; what is no age (PS3.5 table 6.2-1, AS) stays as sent.</summary>
    private string Age
    {
        get
        {
            if (Patient.Age.Length != 4 || !int.TryParse(Patient.Age.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return Patient.Age;
            }

            var unit = Patient.Age[3] switch
            {
                'Y' => words.YearsOld,
                'M' => words.MonthsOld,
                'W' => words.WeeksOld,
                'D' => words.DaysOld,
                _ => "",
            };
            return unit.Length == 0 ? Patient.Age : string.Create(CultureInfo.InvariantCulture, $"{number} {unit}");
        }
    }

    private static string Shown(string value) => value.Length > 0 ? value : Absent;

    private static string Joined(string value, string addition) =>
        value.Length == 0 ? addition : addition.Length == 0 ? value : $"{value} ({addition})";

    private static List<(TextBlock Name, TextBlock Value)> Column(ReportBlocks blocks, (string Name, string Value)[] lines)
    {
        const double nameWidth = 64;
        const double valueWidth = (ReportStyle.ContentWidth / 2) - 16 - nameWidth;
        return
        [
            .. lines.Select((line, i) => (
                blocks.Text(line.Name, new TextStyle(8, ReportStyle.Muted), new TextSpan(nameWidth - 4)),
                blocks.Text(line.Value, i == 0 ? ReportStyle.Strong : ReportStyle.Body, new TextSpan(valueWidth)))),
        ];
    }

    private static double HeightOf(List<(TextBlock Name, TextBlock Value)> column) =>
        column.Sum(line => Math.Max(line.Name.Height, line.Value.Height));

    private static void DrawColumn(Canvas page, List<(TextBlock Name, TextBlock Value)> column, double x, double y)
    {
        foreach (var (name, value) in column)
        {
            page.Draw(name, x, y + value.Baseline - name.Baseline);
            page.Draw(value, x + 64, y);
            y += Math.Max(name.Height, value.Height);
        }
    }
}
