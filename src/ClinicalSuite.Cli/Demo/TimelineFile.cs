using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;

namespace ClinicalSuite.Cli.Demo;

/// <summary>Writes <c>timeline.json</c>: for each study what happened, what was made and where it went; and what was refused.</summary>
internal static class TimelineFile
{
    private static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Write(string path, IReadOnlyList<StudySheet> sheets, IReadOnlyList<CustodyEvent> refusals)
    {
        var studies = sheets.Select(sheet => new
        {
            study = sheet.Study.Uid,
            standing = sheet.Standing,
            images = sheet.Study.InstanceCount,
            events = sheet.Events.Select(Line),
            runs = sheet.Runs.Select(r => new
            {
                r.Id,
                r.AnalysisId,
                r.AnalysisVersion,
                r.State,
                r.Attempts,
                r.Reason,
                r.Cause,
                r.Created,
                r.Started,
                r.Ended,
            }),
            objects = sheet.Evidence.Select(e => new
            {
                e.FileName,
                e.Kind,
                e.RunId,
                e.SopInstanceUid,
                e.Sha256,
                deliveries = sheet.Deliveries.Where(d => d.EvidenceObjectId == e.Id)
                    .Select(d => new { d.Destination, d.State, d.Attempts, d.Acknowledgement, d.Error, d.Delivered }),
            }),
        });
        var all = new { studies, refusals = refusals.Select(Line) };
        File.WriteAllText(path, JsonSerializer.Serialize(all, Writing) + "\n");
    }

    private static object Line(CustodyEvent e) => new { e.Time, e.Stage, e.Severity, e.Text, e.Cause, e.Remedy, e.RunId };
}
