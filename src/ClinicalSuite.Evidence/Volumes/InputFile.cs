namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Where an instance lies: a file, or an entry of a zip archive that is read in place.</summary>
public sealed record InputFile(string Path, string? Entry = null)
{
    /// <summary>As messages name it.</summary>
    public override string ToString() => Entry is null ? Path : $"{Path}({Entry})";
}
