using System.Globalization;
using ClinicalSuite.Evidence.Pdf;
using ClinicalSuite.Findings;
using ClinicalSuite.Hl7;

namespace ClinicalSuite.Evidence.Oru;

/// <summary>The OBX lines. Lines that belong together (a value and its interval, a gap and its reason) share a sub-id.</summary>
internal sealed class OruObservations(Hl7Message message, EvidenceContext context)
{
    private const string Own = "99CLINSUITE";

    private static readonly Code Study = new("113014", "DCM", "Study");
    private static readonly Code Report = new("18748-4", "LN", "Diagnostic Imaging Report");
    private static readonly Code Probability = new("122157", "DCM", "Probability");
    private static readonly Code Uncertainty = new("371884006", "SCT", "+/-, range of measurement uncertainty");
    private static readonly Code Lower = new("CI95-LOWER", Own, "Lower limit of the 95 % confidence interval");
    private static readonly Code Upper = new("CI95-UPPER", Own, "Upper limit of the 95 % confidence interval");
    private static readonly Code RefusalReason = new("REFUSAL-REASON", Own, "Reason why it cannot be assessed");
    private static readonly Code QualityIssue = new("113010", "DCM", "Quality Issue");

    private readonly string status = OruWriter.Status(context);
    private int lines;
    private int group;

    public void WriteStudy() => Line("ST", Study, "O").Set(5, context.Study.Facts.StudyUid);

    public void Write(AnalysisResult result)
    {
        if (result is AnalysisResult.Completed completed)
        {
            foreach (var measurement in completed.Measurements)
            {
                Write(measurement, completed.Segments?.Segments ?? []);
            }

            foreach (var assessment in completed.Assessments)
            {
                Write(assessment);
            }
        }
        else if (result is AnalysisResult.NotAssessable refusal)
        {
            // The question itself is the observation that cannot be obtained.
            group++;
            var description = context.Analysis.Description;
            var title = context.Language == DocumentLanguage.Chinese ? description.TitleChinese : description.Title;
            Grouped("ST", new Code(context.Analysis.Id, Own, title), "X");
            WriteReason(RefusalReason, refusal.Reason, refusal.Cause);
        }

        foreach (var note in result.Quality)
        {
            group++;
            WriteReason(QualityIssue, note.Code, note.Cause);
        }
    }

    /// <summary>The PDF on one line: a line break would end the segment.</summary>
    public void WriteReport(ReadOnlySpan<byte> pdf) =>
        Line("ED", Report, status).Set(5, "", "Application", "PDF", "Base64", Convert.ToBase64String(pdf));

    private void Write(Measurement measurement, IReadOnlyList<Segment> segments)
    {
        group++;
        var segment = segments.FirstOrDefault(segment => segment.Number == measurement.SegmentNumber);
        var line = Grouped("NM", measurement.Concept, measurement.Value is null ? "X" : status);
        line.Set(3, [.. Triplet(measurement.Concept), measurement.Name, Title(measurement, segment), Own]);
        line.Set(6, Triplet(measurement.Unit));
        line.Set(17, "", measurement.Method);
        if (measurement.Value is { } value)
        {
            line.Set(5, Number(value, measurement.Decimals));
            if (measurement.Uncertainty is { } uncertainty)
            {
                Grouped("NM", Uncertainty, status)
                    .Set(5, Number(uncertainty, measurement.Decimals)).Set(6, Triplet(measurement.Unit));
            }
        }
        else if (measurement.Missing is { } missing)
        {
            WriteReason(RefusalReason, missing, "");
        }
    }

    private void Write(Assessment assessment)
    {
        group++;
        var concept = Triplet(assessment.Concept with { Meaning = ReportTerms.Assessment(assessment, context.Language) });
        if (assessment.Category is { } category)
        {
            Grouped("CWE", assessment.Concept, status).Set(3, concept).Set(5, Localized(category, ""));
        }

        if (assessment.Probability is { } probability)
        {
            Grouped("NM", Probability, status)
                .Set(3, [.. Triplet(Probability), .. concept]).Set(5, Number(probability, 3)).Set(6, Triplet(Units.One));
        }

        if (assessment.Interval is { } interval)
        {
            // Not in OBX-7: that is the normal range.
            Grouped("NM", Lower, status).Set(5, Number(interval.Low, 3)).Set(6, Triplet(Units.One));
            Grouped("NM", Upper, status).Set(5, Number(interval.High, 3)).Set(6, Triplet(Units.One));
        }
    }

    private void WriteReason(Code concept, Code reason, string cause) =>
        Grouped("CWE", concept, status).Set(5, Localized(reason, cause));

    /// <summary>Code, its name in the language of the documents with the measured cause, scheme.</summary>
    private string[] Localized(Code code, string cause)
    {
        var name = ReportTerms.Of(code, context.Language);
        return [code.Value, cause.Length == 0 ? name : $"{name} ({cause})", code.Scheme];
    }

    /// <summary>Codes alone cannot tell the volume of the liver from that of its vessels: the second name can.</summary>
    private string Title(Measurement measurement, Segment? segment)
    {
        var name = ReportTerms.Measurement(measurement, segment, context.Language);
        return segment is null ? name : $"{ReportTerms.Segment(segment, context.Language)}: {name}";
    }

    private Hl7Segment Grouped(string type, Code concept, string lineStatus) => Line(type, concept, lineStatus).Set(4, group);

    private Hl7Segment Line(string type, Code concept, string lineStatus)
    {
        var line = message.Add("OBX").Set(1, ++lines).Set(2, type).Set(3, Triplet(concept)).Set(11, lineStatus);
        if (lineStatus != "O")
        {
            line.Set(14, OruWriter.Started(context));
            line.Set(18, context.Device.SerialNumber, "CLINICALSUITE", context.Device.Uid, "ISO");
        }

        return line;
    }

    private static string[] Triplet(Code code) => [code.Value, code.Meaning, code.Scheme];

    private static string Number(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
