namespace ClinicalSuite.Store;

/// <summary>Who did or saw what. Kept by itself, apart from the timeline.</summary>
public sealed class AuditRecord
{
    public long Id { get; set; }

    public DateTime Time { get; set; }

    /// <summary>Account or AE title.</summary>
    public required string Actor { get; set; }

    public string Address { get; set; } = "";

    /// <summary>read, send, receive, sign-in, change, refuse, ...</summary>
    public required string Action { get; set; }

    /// <summary>StudyInstanceUID or another name of what was touched.</summary>
    public string Subject { get; set; } = "";

    public bool IsSuccess { get; set; }

    public string Detail { get; set; } = "";
}
