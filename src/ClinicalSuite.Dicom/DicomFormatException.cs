using System.Globalization;

namespace ClinicalSuite.Dicom;

/// <summary>
/// Bytes or values that are not what DICOM says they are, or a required attribute that is absent. The message names
/// the file (where known), the tag path, the offset and the reason, and no value of the data set.
/// </summary>
public sealed class DicomFormatException : FormatException
{
    public DicomFormatException(string reason, string? tagPath = null, long? offset = null, string? file = null)
        : base(Compose(reason, tagPath, offset, file))
    {
        Reason = reason;
        TagPath = tagPath;
        Offset = offset;
        File = file;
    }

    public string Reason { get; }

    /// <summary>For example <c>(0008,1115)[0].(0020,000E)</c>.</summary>
    public string? TagPath { get; }

    /// <summary>Bytes from the start of the file (of the inflated data set in a deflated file).</summary>
    public long? Offset { get; }

    public string? File { get; }

    internal DicomFormatException WithFile(string file) => new(Reason, TagPath, Offset, file);

    private static string Compose(string reason, string? tagPath, long? offset, string? file)
    {
        var place = string.Join(' ', new[]
        {
            file is null ? null : Path.GetFileName(file) + ":",
            tagPath,
            offset is null ? null : string.Create(CultureInfo.InvariantCulture, $"at offset {offset}"),
        }.Where(part => part is not null));
        return place.Length == 0 ? reason : $"{place}: {reason}";
    }
}
