using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Which series of a study can be read, judged by the facts about them alone.</summary>
internal static class SeriesChoice
{
    public const string Role = "portal";

    // A liver is 120-200 mm high; half of it must be there. Vessels of 3 mm vanish between slices farther apart than 6 mm.
    private const double SmallestExtentMm = 60;
    private const double LargestSpacingMm = 6;
    private const int FewestSlices = 10;
    private const double LargestShearDegrees = 1;

    // The bore of a CT is 0.7 to 0.9 m wide and its table moves 2 m; an adult's liver does not fit in 120 mm. Other sizes come of a
    // wrong PixelSpacing, and a volume of metres would take all memory.
    private const double SmallestWidthMm = 120;
    private const double LargestWidthMm = 1000;
    private const double LargestHeightMm = 2500;

    private static readonly string[] OtherRegions =
        ["HEAD", "BRAIN", "SKULL", "NECK", "CSPINE", "SINUS", "KNEE", "FOOT", "ANKLE", "HAND", "WRIST", "ELBOW", "SHOULDER", "LEG"];

    public static Selection Select(StudyManifest study)
    {
        var inputs = new List<IReadOnlyDictionary<string, string>>();
        Selection.NotForMe? refusal = null;
        string? wait = null;
        foreach (var series in study.Series)
        {
            var problem = Problem(series);
            if (problem is null)
            {
                inputs.Add(new Dictionary<string, string> { [Role] = series.SeriesUid });
            }
            else if (MayFillIn(series, problem.Value.Reason))
            {
                wait = problem.Value.Cause;
            }
            else if (refusal is null || series.Modality == "CT")
            {
                // What is wrong with a CT tells more than that something else is not one.
                refusal = new Selection.NotForMe(problem.Value.Reason, problem.Value.Cause);
            }
        }

        return inputs.Count > 0 ? new Selection.Run(inputs)
            : wait is not null ? new Selection.WaitFor(wait)
            : refusal ?? new Selection.NotForMe(LiverVesselsCodes.WrongModality, "the study has no image series");
    }

    /// <summary>Why a series cannot be read, or null.</summary>
    public static (Code Reason, string Cause)? Problem(SeriesManifest series)
    {
        if (series.Modality != "CT")
        {
            return (LiverVesselsCodes.WrongModality, $"modality {Shown(series.Modality)}, needed CT");
        }

        if (series.ImageType.Contains("LOCALIZER"))
        {
            return (LiverVesselsCodes.DerivedImages, "image type LOCALIZER");
        }

        var region = series.BodyPart.Trim().ToUpperInvariant();
        if (OtherRegions.Contains(region))
        {
            return (LiverVesselsCodes.WrongRegion, $"body part {region}, needed the abdomen");
        }

        if (series.Geometry is null)
        {
            return series.GeometryProblem ?? (LiverVesselsCodes.SliceGap, "the slices form no volume");
        }

        return GeometryProblem(series.Geometry);
    }

    private static (Code Reason, string Cause)? GeometryProblem(VolumeGeometry geometry)
    {
        var normal = geometry.ColumnStep.Cross(geometry.RowStep).Normalized();
        var along = Math.Abs(normal.Dot(geometry.SliceStep.Normalized()));
        var shearDegrees = Math.Acos(Math.Min(1, along)) * 180 / Math.PI;
        if (shearDegrees > LargestShearDegrees)
        {
            return (LiverVesselsCodes.GantryTilt, Wording.Of($"slices sheared by {shearDegrees:F1} degrees, allowed {LargestShearDegrees}"));
        }

        var (low, high) = Grids.BoundingBox(geometry);
        if (geometry.Slices < FewestSlices || high.Z - low.Z < SmallestExtentMm)
        {
            return (LiverVesselsCodes.TooFewSlices,
                Wording.Of($"{geometry.Slices} slices over {high.Z - low.Z:F0} mm from feet to head, needed {FewestSlices} over {SmallestExtentMm} mm"));
        }

        var (width, depth) = (geometry.Columns * geometry.ColumnSpacingMm, geometry.Rows * geometry.RowSpacingMm);
        if (Math.Min(width, depth) < SmallestWidthMm || Math.Max(width, depth) > LargestWidthMm || high.Z - low.Z > LargestHeightMm)
        {
            return (LiverVesselsCodes.WrongExtent,
                Wording.Of($"{width:F0} x {depth:F0} x {high.Z - low.Z:F0} mm, possible {SmallestWidthMm} to {LargestWidthMm} mm ")
                + Wording.Of($"across and up to {LargestHeightMm} mm along"));
        }

        return geometry.SliceSpacingMm > LargestSpacingMm
            ? (LiverVesselsCodes.ThickSlices, Wording.Of($"slices {geometry.SliceSpacingMm:F1} mm apart, allowed {LargestSpacingMm} mm"))
            : null;
    }

    // A gap closes when late slices arrive; mixed orientations or a tilt do not go away.
    private static bool MayFillIn(SeriesManifest series, Code reason) =>
        series.Modality == "CT" && series.Geometry is null && reason.Value.Contains("GAP", StringComparison.Ordinal);

    private static string Shown(string modality) => modality.Length == 0 ? "not given" : modality;
}
