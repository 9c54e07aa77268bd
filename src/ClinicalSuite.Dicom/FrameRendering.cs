namespace ClinicalSuite.Dicom;

/// <summary>How a frame is shown. What is not set comes from the data set.</summary>
public sealed record FrameRendering
{
    public static FrameRendering Default { get; } = new();

    /// <summary>Takes the place of the windows and VOI LUTs of the data set; grey images only.</summary>
    public DicomWindow? Window { get; init; }

    /// <summary>The frame is reduced to fit, its proportions kept; it is never enlarged.</summary>
    public int? MaximumColumns { get; init; }

    /// <inheritdoc cref="MaximumColumns"/>
    public int? MaximumRows { get; init; }
}
