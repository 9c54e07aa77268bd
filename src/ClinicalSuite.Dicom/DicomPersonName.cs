namespace ClinicalSuite.Dicom;

/// <summary>
/// A person's name (PS3.5 6.2.1): three groups, each of family, given, middle, prefix and suffix divided by '^'.
/// </summary>
public sealed record DicomPersonName(string Alphabetic, string Ideographic = "", string Phonetic = "")
{
    /// <summary>Reads <c>Wang^XiaoDong=王^小东=</c>; absent groups are empty.</summary>
    public static DicomPersonName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var groups = text.Split('=', 3);
        return new DicomPersonName(
            groups[0].TrimEnd(), groups.Length > 1 ? groups[1].TrimEnd() : "",
            groups.Length > 2 ? groups[2].TrimEnd() : "");
    }

    /// <summary>Family name of the first group that is not empty.</summary>
    public string Family => Component(0);

    /// <summary>Given name of the first group that is not empty.</summary>
    public string Given => Component(1);

    /// <summary>The value for PN: groups joined by '=', empty ones at the end left out.</summary>
    public override string ToString() => $"{Alphabetic}={Ideographic}={Phonetic}".TrimEnd('=');

    private string Component(int index)
    {
        var group = Alphabetic.Length > 0 ? Alphabetic : Ideographic.Length > 0 ? Ideographic : Phonetic;
        var parts = group.Split('^');
        return index < parts.Length ? parts[index].Trim() : "";
    }
}
