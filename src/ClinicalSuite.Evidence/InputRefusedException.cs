using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence;

/// <summary>Input that cannot be used: which file, where in it, and why. Carries no patient data.</summary>
public sealed class InputRefusedException : Exception
{
    /// <param name="reason">Coded reason, e.g. (SLICE-GAP, 99CLINSUITE, "Slices missing or unevenly spaced").</param>
    /// <param name="cause">The measured cause, e.g. "slice increments between 5 mm and 10 mm".</param>
    /// <param name="file">The file, or archive and entry, as the caller named it; null when no single file is at fault.</param>
    /// <param name="location">Tag path, offset or both; null when no place in the file is at fault.</param>
    public InputRefusedException(
        Code reason, string cause, string? file = null, string? location = null, Exception? inner = null)
        : base(Describe(reason, cause, file, location), inner)
    {
        (Reason, Cause, File, Location) = (reason, cause, file, location);
    }

    public Code Reason { get; }

    public string Cause { get; }

    public string? File { get; }

    public string? Location { get; }

    private static string Describe(Code reason, string cause, string? file, string? location)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var place = string.Join(", ", new[] { file, location }.Where(text => text is not null));
        return (place.Length == 0 ? "" : place + ": ") + $"{reason.Meaning} ({reason.Value}): {cause}";
    }
}
