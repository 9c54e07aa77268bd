using System.Globalization;

namespace ClinicalSuite.RawData;

/// <summary>Bytes that are not what their format says they are: which file, where in it, and why. Carries no value of the file.</summary>
public sealed class RawDataFormatException : FormatException
{
    public RawDataFormatException(string reason, string? file = null, long? offset = null, Exception? inner = null)
        : base(Compose(reason, file, offset), inner)
    {
        (Reason, File, Offset) = (reason, file, offset);
    }

    public string Reason { get; }

    public string? File { get; }

    /// <summary>Bytes from the start of the file (of what it inflates to where it is compressed).</summary>
    public long? Offset { get; }

    private static string Compose(string reason, string? file, long? offset)
    {
        var place = offset is null ? file : string.Create(CultureInfo.InvariantCulture, $"{file} at offset {offset}").Trim();
        return string.IsNullOrEmpty(place) ? reason : $"{place}: {reason}";
    }
}
