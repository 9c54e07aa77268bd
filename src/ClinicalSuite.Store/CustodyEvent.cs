namespace ClinicalSuite.Store;

/// <summary>One line of a study's timeline. Never names the patient.</summary>
public sealed class CustodyEvent
{
    public long Id { get; set; }

    /// <summary>Empty for what belongs to no study, such as a refused association.</summary>
    public required string StudyUid { get; set; }

    public string? RunId { get; set; }

    public DateTime Time { get; set; }

    public CustodyStage Stage { get; set; }

    public CustodySeverity Severity { get; set; }

    public required string Text { get; set; }

    public string Cause { get; set; } = "";

    public string Remedy { get; set; } = "";

    public static CustodyEvent At(
        DateTime time, string studyUid, CustodyStage stage, CustodySeverity severity, string text, string cause = "",
        string remedy = "", string? runId = null) => new()
        {
            StudyUid = studyUid,
            RunId = runId,
            Time = time,
            Stage = stage,
            Severity = severity,
            Text = text,
            Cause = cause,
            Remedy = remedy,
        };
}
