namespace ClinicalSuite.Findings;

/// <summary>A region of the patient. Its voxels are those of <see cref="Number"/> and of all <see cref="Includes"/>.</summary>
public sealed record Segment
{
    /// <summary>The number of its own voxels in the label volume, 1 and up.</summary>
    public required int Number { get; init; }

    /// <summary>English name, e.g. "Liver".</summary>
    public required string Label { get; init; }

    /// <summary>What it is, e.g. (10200004, SCT, "Liver").</summary>
    public required Code Type { get; init; }

    /// <summary>Its kind, e.g. (91723000, SCT, "Anatomical Structure").</summary>
    public required Code Category { get; init; }

    /// <summary>Where it lies, e.g. (10200004, SCT, "Liver").</summary>
    public required Code Region { get; init; }

    /// <summary>Numbers of the segments inside this one (liver: its vessels). The inner number wins in the label volume.</summary>
    public IReadOnlyList<int> Includes { get; init; } = [];

    /// <summary>How this segment's exclusive part is named where it differs, e.g. "Liver without vessels".</summary>
    public string? ExclusiveLabel { get; init; }

    public required Rgb Color { get; init; }

    /// <summary>Null: made by this analysis. Else where it came from ("SEG 2.25.1 by Vendor", "file liver.nii.gz"); shown in SR and PDF.</summary>
    public string? Source { get; init; }
}
