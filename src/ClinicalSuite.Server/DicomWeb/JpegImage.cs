using System.Buffers.Binary;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>
/// A grey or RGB picture as baseline JPEG in JFIF (ITU-T T.81, T.871), colour without subsampling. For screens only: what
/// is stored or analysed is never written by it.
/// </summary>
internal static class JpegImage
{
    /// <summary>T.81 table K.1, luminance, row by row.</summary>
    private static ReadOnlySpan<byte> Luminance =>
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    /// <summary>T.81 figure A.6: the order of the coefficients.</summary>
    private static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private static readonly JpegCode Dc = JpegCode.LuminanceDc;
    private static readonly JpegCode Ac = JpegCode.LuminanceAc;

    /// <summary>Row u: half the normalised cosine of frequency u at the eight places (T.81 A.3.3).</summary>
    private static readonly float[] Cosines = [.. Enumerable.Range(0, 64).Select(i =>
        (float)(0.5 * (i / 8 == 0 ? Math.Sqrt(0.5) : 1) * Math.Cos((2 * (i % 8) + 1) * (i / 8) * Math.PI / 16)))];

    /// <param name="samples">Row by row from the top, pixel by pixel.</param>
    /// <param name="samplesPerPixel">1 for grey, 3 for RGB.</param>
    /// <param name="quality">1 to 100.</param>
    internal static byte[] Write(int columns, int rows, int samplesPerPixel, ReadOnlySpan<byte> samples, int quality)
    {
        var table = Table(quality);
        using var jpeg = new MemoryStream();
        WriteHeader(jpeg, columns, rows, samplesPerPixel, table);
        var bits = new JpegBits(jpeg);
        Span<int> predictors = [0, 0, 0];
        Span<float> block = stackalloc float[64];
        Span<int> levels = stackalloc int[64];
        for (var row = 0; row < rows; row += 8)
        {
            for (var column = 0; column < columns; column += 8)
            {
                for (var component = 0; component < samplesPerPixel; component++)
                {
                    Take(samples, columns, rows, samplesPerPixel, column, row, component, block);
                    Transform(block);
                    for (var k = 0; k < 64; k++)
                    {
                        levels[k] = (int)MathF.Round(block[ZigZag[k]] / table[k]);
                    }

                    WriteBlock(bits, levels, predictors[component]);
                    predictors[component] = levels[0];
                }
            }
        }

        bits.Flush();
        jpeg.Write([0xFF, 0xD9]);
        return jpeg.ToArray();
    }

    /// <summary>The quantization table in zig-zag order, scaled as is usual: 50 as it stands, 100 all ones.</summary>
    private static byte[] Table(int quality)
    {
        var percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        var table = new byte[64];
        for (var k = 0; k < 64; k++)
        {
            table[k] = (byte)Math.Clamp(((Luminance[ZigZag[k]] * percent) + 50) / 100, 1, 255);
        }

        return table;
    }

    private static void WriteHeader(MemoryStream jpeg, int columns, int rows, int components, byte[] table)
    {
        jpeg.Write([0xFF, 0xD8]);
        // JFIF 1.2, no density, no thumbnail.
        Segment(jpeg, 0xE0, [(byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]);
        Segment(jpeg, 0xDB, [0, .. table]);
        byte[] frame = [8, (byte)(rows >> 8), (byte)rows, (byte)(columns >> 8), (byte)columns, (byte)components];
        Segment(jpeg, 0xC0, [.. frame, .. Enumerable.Range(1, components).SelectMany(c => (byte[])[(byte)c, 0x11, 0])]);
        Segment(jpeg, 0xC4, [0x00, .. Dc.Definition, 0x10, .. Ac.Definition]);
        Segment(jpeg, 0xDA,
            [(byte)components, .. Enumerable.Range(1, components).SelectMany(c => (byte[])[(byte)c, 0x00]), 0, 63, 0]);
    }

    private static void Segment(MemoryStream jpeg, byte marker, ReadOnlySpan<byte> content)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(content.Length + 2));
        jpeg.Write(head);
        jpeg.Write(content);
    }

    /// <summary>One component of eight by eight pixels, shifted to be around zero; beyond the picture its edge goes on.</summary>
    private static void Take(
        ReadOnlySpan<byte> samples, int columns, int rows, int samplesPerPixel, int column, int row, int component, Span<float> block)
    {
        for (var y = 0; y < 8; y++)
        {
            var line = Math.Min(row + y, rows - 1) * columns;
            for (var x = 0; x < 8; x++)
            {
                var at = (line + Math.Min(column + x, columns - 1)) * samplesPerPixel;
                block[(y * 8) + x] = samplesPerPixel == 1
                    ? samples[at] - 128
                    : Colour(samples[at], samples[at + 1], samples[at + 2], component);
            }
        }
    }

    /// <summary>T.871 clause 7, without the offset of 128 that the shift would take away again.</summary>
    private static float Colour(byte red, byte green, byte blue, int component) => component switch
    {
        0 => (0.299f * red) + (0.587f * green) + (0.114f * blue) - 128,
        1 => (-0.168736f * red) - (0.331264f * green) + (0.5f * blue),
        _ => (0.5f * red) - (0.418688f * green) - (0.081312f * blue),
    };

    /// <summary>The forward cosine transform (T.81 A.3.3), rows and then columns.</summary>
    private static void Transform(Span<float> block)
    {
        Span<float> rows = stackalloc float[64];
        for (var y = 0; y < 8; y++)
        {
            for (var u = 0; u < 8; u++)
            {
                var sum = 0f;
                for (var x = 0; x < 8; x++)
                {
                    sum += Cosines[(u * 8) + x] * block[(y * 8) + x];
                }

                rows[(y * 8) + u] = sum;
            }
        }

        for (var u = 0; u < 8; u++)
        {
            for (var v = 0; v < 8; v++)
            {
                var sum = 0f;
                for (var y = 0; y < 8; y++)
                {
                    sum += Cosines[(v * 8) + y] * rows[(y * 8) + u];
                }

                block[(v * 8) + u] = sum;
            }
        }
    }

    /// <summary>T.81 F.1.2: the difference of the mean, then runs of zeros and the levels after them.</summary>
    private static void WriteBlock(JpegBits bits, ReadOnlySpan<int> levels, int predictor)
    {
        bits.WriteLevel(Dc, 0, levels[0] - predictor);
        var last = levels.LastIndexOfAnyExcept(0);
        var zeros = 0;
        for (var k = 1; k <= last; k++)
        {
            if (levels[k] == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
            {
                bits.Write(Ac, 0xF0);
            }

            bits.WriteLevel(Ac, zeros << 4, levels[k]);
            zeros = 0;
        }

        if (last < 63)
        {
            bits.Write(Ac, 0x00);
        }
    }
}
