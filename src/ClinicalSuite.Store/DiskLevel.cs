namespace ClinicalSuite.Store;

/// <summary>Where the data disk stands between its watermarks.</summary>
public enum DiskLevel
{
    Enough,

    /// <summary>Above the first watermark: a warning.</summary>
    Low,

    /// <summary>Above the second: objects are refused.</summary>
    Full,
}
