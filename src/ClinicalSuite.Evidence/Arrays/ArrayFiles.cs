using ClinicalSuite.Evidence.Json;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.RawData;

namespace ClinicalSuite.Evidence.Arrays;

/// <summary>
/// Volumes as NumPy arrays (slice, row, column), each with a .json beside it that places it in the patient. Equal volumes give equal
/// bytes.
/// </summary>
public static class ArrayFiles
{
    public const string LabelsName = "labels";

    /// <summary>Writes <c>NAME.npy</c> and <c>NAME.json</c> (affine, unit) into a folder that exists.</summary>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> Write<T>(string folder, string name, Volume<T> volume, Code unit)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(unit);
        return Write(folder, name, volume, JsonText.Write(json =>
        {
            json.WriteString("unit", unit.Value);
            json.WriteAffine(volume.Geometry);
        }));
    }

    /// <summary>
    /// Writes <c>labels.npy</c> (one number per voxel; where segments nest the inner one's) and <c>labels.json</c>, whose entries list the
    /// numbers inside each segment.
    /// </summary>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> WriteLabels(string folder, Volume<byte> labels, IReadOnlyList<Segment> segments)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(segments);
        return Write(folder, LabelsName, labels, JsonText.Write(json =>
        {
            json.WriteStartArray("segments");
            foreach (var segment in segments.OrderBy(segment => segment.Number))
            {
                json.WriteStartObject();
                json.WriteNumber("number", segment.Number);
                json.WriteString("label", segment.Label);
                json.WriteCode("code", segment.Type);
                json.WriteNumbers("includes", segment.Includes.Order());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteAffine(labels.Geometry);
        }));
    }

    private static IReadOnlyList<string> Write<T>(string folder, string name, Volume<T> volume, byte[] description)
        where T : unmanaged
    {
        var grid = volume.Geometry;
        using (var file = File.Create(Path.Combine(folder, name + ".npy")))
        {
            NumpyArray.Write<T>(file, volume.Voxels, grid.Slices, grid.Rows, grid.Columns);
        }

        File.WriteAllBytes(Path.Combine(folder, name + ".json"), description);
        return [name + ".npy", name + ".json"];
    }
}
