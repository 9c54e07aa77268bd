using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Evidence.Pdf;
using ClinicalSuite.Findings;
using ClinicalSuite.Hl7;

namespace ClinicalSuite.Evidence.Oru;

/// <summary>A result as ORU^R01 (v2.5.1 7.3.1): numbers with units, assessments, what could not be obtained, and the report.</summary>
public static class OruWriter
{
    /// <summary>The message; nothing in it is taken from a clock or drawn by lot, so a retry sends the same bytes.</summary>
    /// <param name="pdf">The report; null sends none.</param>
    /// <exception cref="Hl7FormatException">The destination's character set cannot hold the text.</exception>
    public static Hl7Message Write(
        EvidenceContext context, AnalysisResult result, ReadOnlyMemory<byte>? pdf, OruDestination destination)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        var message = Hl7Message.Create(destination.CharacterSet);
        OruAddress.Set(message, context.RunId, destination);
        message.Header
            .Set(7, Hl7Time.Format(context.Time))
            .Set(9, "ORU", "R01", "ORU_R01")
            .Set(15, "AL")
            .Set(16, "NE");
        OruPatient.Write(message, context);
        message.Add("PV1").Set(1, 1).Set(2, "U");
        WriteOrder(message, context);
        var observations = new OruObservations(message, context);
        observations.WriteStudy();
        observations.Write(result);
        if (pdf is { } document)
        {
            observations.WriteReport(document.Span);
        }

        return message;
    }

    /// <summary>F, C when it replaces an earlier one, P when it is not known for certain who the patient is.</summary>
    internal static string Status(EvidenceContext context) =>
        context.Unidentified || context.HasContradictoryIdentity ? "P" : context.Predecessor is not null ? "C" : "F";

    internal static string Started(EvidenceContext context) =>
        context.Order.Started?.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) ?? "";

    private static void WriteOrder(Hl7Message message, EvidenceContext context)
    {
        var order = context.Order;
        var filler = FillerNumber(context);
        var procedure = context.Analysis.Description.Procedure;
        message.Add("ORC").Set(1, "SC").Set(2, order.PlacerOrderNumber).Set(3, filler).Set(5, "CM");
        message.Add("OBR")
            .Set(1, 1)
            .Set(2, order.PlacerOrderNumber)
            .Set(3, filler)
            .Set(4, procedure.Value, procedure.Meaning, procedure.Scheme)
            .Set(7, Started(context))
            .Set(18, order.AccessionNumber)
            .Set(19, order.RequestedProcedureId)
            .Set(22, Hl7Time.Format(context.Time))
            .Set(24, Section(context))
            .Set(25, Status(context))
            .Set(27, "1", "", "", "", "", "R");
        message.Add("NTE").Set(1, 1).Set(2, "L").Set(3, ReportWords.ResearchUse);
        var words = ReportWords.In(context.Language);
        if (SourceStatements.IsSynthetic(context))
        {
            message.Add("NTE").Set(1, 2).Set(2, "L").Set(3, words.Synthetic);
        }
    }

    /// <summary>The order's number; where there is none, one of ours that a correction of the same question repeats.</summary>
    private static string FillerNumber(EvidenceContext context)
    {
        if (context.Order.FillerOrderNumber is { Length: > 0 } given)
        {
            return given;
        }

        var series = string.Join(' ', context.Series.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value.Manifest.SeriesUid));
        var seed = $"filler {context.Study.Facts.StudyUid} {context.Analysis.Id} {series}";
        return "CS" + Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(seed)))[..14];
    }

    /// <summary>Diagnostic service section (table 0074).</summary>
    private static string Section(EvidenceContext context) => context.Principal.Manifest.Modality switch
    {
        "CT" => "CT",
        "MR" => "NMR",
        "US" => "RUS",
        _ => "RAD",
    };
}
