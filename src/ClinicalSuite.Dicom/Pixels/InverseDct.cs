namespace ClinicalSuite.Dicom.Pixels;

/// <summary>The inverse discrete cosine transform (ITU-T T.81 A.3.3), as a product of matrices.</summary>
internal static class InverseDct
{
    // Basis[u * 8 + x] = C(u)/2 cos((2x + 1) u pi / 16)
    private static readonly float[] Basis = MakeBasis();

    /// <summary>Writes a block of samples, level shifted and clipped (A.3.1).</summary>
    /// <param name="block">Dequantized coefficients, row by row; used up.</param>
    public static void Transform(float[] block, int precision, JpegPlane plane, int blockColumn, int blockRow)
    {
        Span<float> rows = stackalloc float[64];
        for (var v = 0; v < 8; v++)
        {
            Multiply(block.AsSpan(8 * v, 8), 1, rows.Slice(8 * v, 8));
        }

        Span<float> column = stackalloc float[8];
        var middle = 1 << (precision - 1);
        var greatest = (1 << precision) - 1;
        var target = (8 * blockRow * plane.Stride) + (8 * blockColumn);
        for (var x = 0; x < 8; x++)
        {
            Multiply(rows[x..], 8, column);
            for (var y = 0; y < 8; y++)
            {
                // Hostile coefficients reach beyond what an int can hold.
                var sample = (int)MathF.Round(Math.Clamp(column[y], -middle - 1, greatest + 1)) + middle;
                plane.Samples[target + (y * plane.Stride) + x] = (ushort)Math.Clamp(sample, 0, greatest);
            }
        }
    }

    private static void Multiply(ReadOnlySpan<float> source, int step, Span<float> target)
    {
        target.Clear();
        for (var u = 0; u < 8; u++)
        {
            var coefficient = source[u * step];
            if (coefficient != 0)
            {
                for (var x = 0; x < 8; x++)
                {
                    target[x] += coefficient * Basis[(8 * u) + x];
                }
            }
        }
    }

    private static float[] MakeBasis()
    {
        var basis = new float[64];
        for (var u = 0; u < 8; u++)
        {
            for (var x = 0; x < 8; x++)
            {
                var scale = u == 0 ? Math.Sqrt(0.125) : 0.5;
                basis[(8 * u) + x] = (float)(scale * Math.Cos(((2 * x) + 1) * u * Math.PI / 16));
            }
        }

        return basis;
    }
}
