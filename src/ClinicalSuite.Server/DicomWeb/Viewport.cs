using System.Globalization;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>How a client wants to see a frame (PS3.18 8.3.5): window, viewport, quality.</summary>
/// <param name="Quality">Of a JPEG, 1 to 100.</param>
internal sealed record Viewport(FrameRendering Rendering, int Quality)
{
    private const int MostPixels = 8192;
    private const int UsualQuality = 90;

    /// <summary>Reads the parameters of WADO-RS; the complaint where one of them makes no sense.</summary>
    internal static (Viewport? Viewport, string? Complaint) Of(IQueryCollection query)
    {
        var rendering = FrameRendering.Default;
        if (query["window"].ToString() is { Length: > 0 } window)
        {
            if (Window(window.Split(',')) is not { } parsed)
            {
                return (null, "window is center,width,function with a function of linear, linear-exact or sigmoid.");
            }

            rendering = rendering with { Window = parsed };
        }

        if (query["viewport"].ToString() is { Length: > 0 } viewport)
        {
            var sides = viewport.Split(',');
            if (sides.Length != 2 || Side(sides[0]) is not { } columns || Side(sides[1]) is not { } rows)
            {
                return (null, $"viewport is width,height of 1 to {MostPixels} pixels; parts of an image are not cut out.");
            }

            rendering = rendering with { MaximumColumns = columns, MaximumRows = rows };
        }

        return QualityOf(query["quality"].ToString()) is { } quality
            ? (new Viewport(rendering, quality), null)
            : (null, "quality is a whole number from 1 to 100.");
    }

    /// <summary>A window as DICOM has it; null where a number is none.</summary>
    internal static DicomWindow? Window(string[] parts)
    {
        var function = parts.Length > 2 ? parts[2].Trim().ToLowerInvariant() : "linear";
        var style = NumberStyles.Float;
        return parts.Length is 2 or 3
            && double.TryParse(parts[0], style, CultureInfo.InvariantCulture, out var center) && double.IsFinite(center)
            && double.TryParse(parts[1], style, CultureInfo.InvariantCulture, out var width) && width > 0
            && double.IsFinite(width) && function is "linear" or "linear-exact" or "sigmoid"
                ? new DicomWindow(center, width, "")
                {
                    Function = function switch
                    {
                        "sigmoid" => VoiLutFunction.Sigmoid,
                        "linear-exact" => VoiLutFunction.LinearExact,
                        _ => VoiLutFunction.Linear,
                    },
                }
                : null;
    }

    internal static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is > 0 and <= MostPixels
            ? pixels
            : null;

    private static int? QualityOf(string text) => text.Length == 0 ? UsualQuality
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) && quality is >= 1 and <= 100
            ? quality
            : null;
}
