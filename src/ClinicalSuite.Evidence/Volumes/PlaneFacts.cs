using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>What the header says of one plane, before it is known whether the planes form a volume.</summary>
internal sealed record PlaneFacts
{
    public required SourceInstance Instance { get; init; }

    public required int Frame { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public bool IsLocalizer { get; init; }

    public Point3? Position { get; init; }

    /// <summary>Along a row, to the next column: a direction cosine.</summary>
    public Point3? RowDirection { get; init; }

    /// <summary>Down a column, to the next row.</summary>
    public Point3? ColumnDirection { get; init; }

    /// <summary>Between rows (first value of PixelSpacing), mm.</summary>
    public double? RowSpacingMm { get; init; }

    public double? ColumnSpacingMm { get; init; }

    public double RescaleSlope { get; init; } = 1;

    public double RescaleIntercept { get; init; }
}
