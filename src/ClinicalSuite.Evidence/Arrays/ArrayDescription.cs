using System.Text.Json;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Arrays;

/// <summary>The .json beside an array: where it lies, and for labels what its numbers are.</summary>
public sealed class ArrayDescription
{
    private readonly string _path;
    private readonly double[][] _affine;

    private ArrayDescription(string path, double[][] affine, IReadOnlyList<ArraySegment> segments) =>
        (_path, _affine, Segments) = (path, affine, segments);

    /// <summary>Empty for an array that holds no labels.</summary>
    public IReadOnlyList<ArraySegment> Segments { get; }

    /// <summary>The description of an .npy file; null where there is none.</summary>
    /// <exception cref="InputRefusedException">It cannot be read.</exception>
    public static ArrayDescription? Beside(string arrayPath)
    {
        var path = Path.ChangeExtension(arrayPath, ".json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var affine = root.GetProperty("affine").EnumerateArray()
                .Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray();
            if (affine.Length is not (3 or 4) || affine.Any(row => row.Length != 4))
            {
                throw new InputRefusedException(InputReasons.NoGeometry, "the affine has not 4 (or 3) rows of 4 numbers", path);
            }

            return new ArrayDescription(path, affine, root.TryGetProperty("segments", out var segments)
                ? [.. segments.EnumerateArray().Select(Segment)]
                : []);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputRefusedException(
                InputReasons.UnreadableFile, "no description of an array with an affine", path,
                e is JsonException { LineNumber: { } line } ? $"line {line + 1}" : null, e);
        }
    }

    /// <param name="shape">Slices, rows, columns.</param>
    /// <exception cref="InputRefusedException">The affine does not span space.</exception>
    public VolumeGeometry Grid(IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        try
        {
            return new VolumeGeometry(shape[2], shape[1], shape[0], Column(3), Column(0), Column(1), Column(2));
        }
        catch (ArgumentException e)
        {
            throw new InputRefusedException(InputReasons.NoGeometry, e.Message, _path, null, e);
        }

        Point3 Column(int column) => new(_affine[0][column], _affine[1][column], _affine[2][column]);
    }

    private static ArraySegment Segment(JsonElement entry) => new(
        entry.GetProperty("number").GetInt32(),
        entry.GetProperty("label").GetString() ?? "",
        entry.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Object
            ? new Code(
                code.GetProperty("value").GetString() ?? "",
                code.GetProperty("scheme").GetString() ?? "",
                code.TryGetProperty("meaning", out var meaning) ? meaning.GetString() ?? "" : "")
            : null,
        entry.TryGetProperty("includes", out var includes) ? [.. includes.EnumerateArray().Select(number => number.GetInt32())] : []);
}
