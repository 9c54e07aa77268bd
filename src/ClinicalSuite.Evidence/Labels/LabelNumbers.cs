using System.Globalization;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>An array of numbers to segments: each number one, or all that is not zero under a given name.</summary>
internal static class LabelNumbers
{
    private const int LargestNumber = 65535;

    /// <exception cref="InputRefusedException">Numbers that are no labels.</exception>
    public static IReadOnlyList<GivenSegment> Split(float[] values, VolumeGeometry grid, string? name, string path)
    {
        var source = Source(path);
        if (name is not null)
        {
            var mask = Array.ConvertAll(values, value => float.IsFinite(value)
                ? (byte)(value != 0 ? 1 : 0)
                : throw new InputRefusedException(InputReasons.BadLabels, "a number that is not finite", path));
            return MaskPlace.Crop(grid, mask) is { } whole ? [new GivenSegment(name, null, whole, source)] : [];
        }

        var numbers = Numbers(values, path);
        return
        [
            .. numbers.Select(number => new GivenSegment(
                number.ToString(CultureInfo.InvariantCulture), null, Only(values, grid, [number]), source)),
        ];
    }

    /// <param name="values">Checked by <see cref="Numbers"/>.</param>
    public static Volume<byte> Only(float[] values, VolumeGeometry grid, IReadOnlyCollection<int> numbers)
    {
        var members = new byte[LargestNumber + 1];
        foreach (var number in numbers)
        {
            members[number] = 1;
        }

        return MaskPlace.Crop(grid, Array.ConvertAll(values, value => members[(int)value]))
            ?? throw new ArgumentException("a number that does not occur", nameof(numbers));
    }

    /// <summary>The numbers that occur, without 0.</summary>
    public static IReadOnlyList<int> Numbers(float[] values, string path)
    {
        var seen = new bool[LargestNumber + 1];
        foreach (var value in values)
        {
            if (!(value is >= 0 and <= LargestNumber) || value != (int)value)
            {
                throw new InputRefusedException(
                    InputReasons.BadLabels,
                    $"numbers that are no labels (whole, 0 to {LargestNumber}); with a name (FILE=NAME) all that is not zero is taken",
                    path);
            }

            seen[(int)value] = true;
        }

        return [.. Enumerable.Range(1, LargestNumber).Where(number => seen[number])];
    }

    public static string Source(string path) => "file " + Path.GetFileName(path);
}
