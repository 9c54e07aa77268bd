using System.Buffers.Binary;
using System.IO.Compression;

namespace ClinicalSuite.Server.Documents;

/// <summary>A grey or RGB picture as PNG (ISO/IEC 15948): colour type 0 or 2, 8 bits, filter Up.</summary>
internal static class PngImage
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    /// <param name="samples">Row by row from the top, pixel by pixel.</param>
    /// <param name="samplesPerPixel">3 for RGB, 1 for grey.</param>
    /// <exception cref="ArgumentException">Less than columns x rows x samples.</exception>
    internal static byte[] Write(int columns, int rows, ReadOnlySpan<byte> samples, int samplesPerPixel = 3)
    {
        if (samples.Length < (long)columns * rows * samplesPerPixel)
        {
            throw new ArgumentException($"{samples.Length} bytes are no picture of {columns} x {rows}");
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, 8, (byte)(samplesPerPixel == 3 ? 2 : 0), 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, Compress(columns * samplesPerPixel, rows, samples));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compress(int stride, int rows, ReadOnlySpan<byte> samples)
    {
        const byte FilterUp = 2;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            var line = new byte[stride + 1];
            line[0] = FilterUp;
            for (var row = 0; row < rows; row++)
            {
                var current = samples.Slice(row * stride, stride);
                for (var i = 0; i < stride; i++)
                {
                    var above = row == 0 ? 0 : samples[((row - 1) * stride) + i];
                    line[i + 1] = (byte)(current[i] - above);
                }

                zlib.Write(line);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(type);
        png.Write(content);
        var crc = Crc(Crc(0xFFFFFFFF, type), content) ^ 0xFFFFFFFF;
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint CrcOf(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
