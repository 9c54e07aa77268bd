using System.Buffers.Binary;
using System.Globalization;

namespace ClinicalSuite.Evidence.Images;

/// <summary>How HU are stored in 16 bits: as they are where they are whole, else in steps that span their range.</summary>
internal sealed record StoredHounsfield(double Slope, double Intercept)
{
    private const int Steps = ushort.MaxValue;

    /// <returns>Null where a number is not finite.</returns>
    public static StoredHounsfield? Of(ReadOnlySpan<float> values)
    {
        var (low, high) = (float.MaxValue, float.MinValue);
        var isWhole = true;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return null;
            }

            (low, high) = (Math.Min(low, value), Math.Max(high, value));
            isWhole &= value == MathF.Round(value);
        }

        if (isWhole && low >= short.MinValue && high - MathF.Floor(low) <= Steps)
        {
            return new StoredHounsfield(1, Math.Floor(low));
        }

        // Six significant digits, rounded up: the same number in the 16 characters of a DS.
        var slope = ((double)high - low) / Steps;
        var digits = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(slope, 1e-6))) - 5);
        var intercept = double.Parse(low.ToString("G8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return new StoredHounsfield(Math.Max(1, Math.Ceiling(slope / digits)) * digits, intercept);
    }

    public byte[] Encode(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            var step = Math.Clamp(Math.Round((values[i] - Intercept) / Slope), 0, Steps);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)step);
        }

        return bytes;
    }
}
