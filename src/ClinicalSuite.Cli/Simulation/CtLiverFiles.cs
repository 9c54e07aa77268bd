using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Arrays;
using ClinicalSuite.Evidence.Images;
using ClinicalSuite.Phantoms;
using ClinicalSuite.Phantoms.Abdomen;

namespace ClinicalSuite.Cli.Simulation;

/// <summary>The kind <c>ct-liver</c>: a CT series of a synthetic abdomen and its truth.</summary>
internal static class CtLiverFiles
{
    public static readonly SimulationKind Kind = new(
        "ct-liver",
        "CT of the abdomen in the portal phase: liver with portal and hepatic veins, organs, lungs, bones",
        new Dictionary<string, string>
        {
            ["difficulty"] = "easy|hard",
            ["spacing"] = "MM (0.5 to 4, within slices; default 1.2, hard 0.8)",
            ["slice"] = "MM (0.5 to 5, between slices; default 2, hard 0.8)",
            ["contrast"] = "yes|no",
            ["field"] = "abdomen|liver",
        },
        Prepare);

    private static (MakeFiles? Make, string? Complaint) Prepare(SimulateCall call)
    {
        var settings = new CtLiverSettings { Seed = call.Seed };
        foreach (var (key, value) in call.Settings)
        {
            var read = (key, value) switch
            {
                ("difficulty", "easy") => settings with { Difficulty = PhantomDifficulty.Easy },
                ("difficulty", "hard") => settings with { Difficulty = PhantomDifficulty.Hard },
                ("contrast", "yes") => settings with { Contrast = true },
                ("contrast", "no") => settings with { Contrast = false },
                ("field", "abdomen") => settings with { Field = CtLiverField.Abdomen },
                ("field", "liver") => settings with { Field = CtLiverField.Liver },
                ("spacing", _) when Millimetres(value, 0.5, 4) is { } mm => settings with { SpacingMm = mm },
                ("slice", _) when Millimetres(value, 0.5, 5) is { } mm => settings with { SliceMm = mm },
                _ => null,
            };
            if (read is null)
            {
                return (null, call.Refuse(key));
            }

            settings = read;
        }

        return ((progress, cancellation) => Write(call, settings, progress, cancellation), null);
    }

    private static double? Millimetres(string text, double low, double high) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mm) && mm >= low && mm <= high ? mm : null;

    private static string Write(SimulateCall call, CtLiverSettings settings, IProgress<double> progress, CancellationToken cancellation)
    {
        var phantom = CtLiver.Make(settings, call.Threads, progress, cancellation);
        WriteImages(call.DicomFolder, phantom);
        Directory.CreateDirectory(call.TruthFolder);
        ArrayFiles.WriteLabels(call.TruthFolder, phantom.Labels, CtLiverSegments.All);
        CtLiverTruth.Write(call.TruthFolder, phantom);
        var grid = phantom.Image.Geometry;
        return $"{grid.Slices} CT images of {grid.Columns} x {grid.Rows} in {call.DicomFolder}, truth in {call.TruthFolder}";
    }

    private static void WriteImages(string folder, CtLiverPhantom phantom)
    {
        Directory.CreateDirectory(folder);
        var (settings, grid) = (phantom.Settings, phantom.Image.Geometry);
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"ct-liver seed={settings.Seed} difficulty={settings.Difficulty} contrast={settings.Contrast} field={settings.Field} "
            + $"spacing={grid.ColumnSpacingMm} slice={grid.SliceSpacingMm}");
        var study = new SyntheticStudy(name, "Synthetic^Liver", $"SYNTHETIC-CT-LIVER-{settings.Seed}");
        var phase = settings.Contrast ? "portal" : "native";
        for (var slice = 0; slice < grid.Slices; slice++)
        {
            var image = CtImageWriter.Write(study, $"Synthetic phantom, {phase}; research use", phantom.Image, slice, settings.Contrast);
            DicomFile.Create(image).Save(Path.Combine(folder, $"{image.GetInt(DicomTag.InstanceNumber):0000}.dcm"));
        }
    }
}
