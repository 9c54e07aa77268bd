using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>A name given by hand for what names its segments itself.</summary>
internal static class GivenName
{
    /// <summary>Chooses the segment of that name; a single segment of another name takes it, without the type that its source gave it.</summary>
    /// <exception cref="InputRefusedException">Several segments, none of that name.</exception>
    public static GivenLabels Apply(GivenLabels labels, string? name, string path)
    {
        if (name is null)
        {
            return labels;
        }

        var chosen = labels.Segments.Where(segment => segment.Label.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (chosen.Count > 0)
        {
            return labels with { Segments = chosen };
        }

        return labels.Segments.Count == 1
            ? labels with { Segments = [labels.Segments[0] with { Label = name, Type = null }] }
            : throw new InputRefusedException(
                InputReasons.BadLabels, $"{labels.Segments.Count} segments, none of them named {name}", path);
    }
}
