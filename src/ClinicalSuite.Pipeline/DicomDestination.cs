namespace ClinicalSuite.Pipeline;

/// <summary>A PACS that results go to.</summary>
public sealed record DicomDestination(string AeTitle, string Host, int Port)
{
    /// <summary>How settings, database and pages name it: <c>AET@HOST:PORT</c>.</summary>
    public string Name => $"{AeTitle}@{Host}:{Port}";
}
