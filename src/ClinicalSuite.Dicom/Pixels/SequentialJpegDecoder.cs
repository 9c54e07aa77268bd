using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>JPEG sequential DCT with Huffman codes (ITU-T T.81 Annex F), 8 and 12 bits.</summary>
internal sealed class SequentialJpegDecoder
{
    private const int BlockSize = 64;

    /// <summary>Figure A.6: where the coefficients of a block go, row by row.</summary>
    private static readonly byte[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
        28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61,
        54, 47, 55, 62, 63,
    ];

    private readonly JpegHeader header;
    private readonly FrameDescription frame;
    private readonly int widest;
    private readonly int highest;
    private readonly JpegPlane[] planes;
    private readonly JpegHuffmanTable?[] huffman = new JpegHuffmanTable?[8];
    private readonly ushort[]?[] quantization = new ushort[]?[4];
    private int restart;

    private SequentialJpegDecoder(FrameDescription frame, JpegHeader header)
    {
        this.frame = frame;
        this.header = header;
        if (header.Components.Any(component => component.Horizontal is < 1 or > 4 || component.Vertical is < 1 or > 4))
        {
            throw JpegSegment.Bad("JPEG sampling factors that are not 1 to 4");
        }

        widest = header.Components.Max(component => component.Horizontal);
        highest = header.Components.Max(component => component.Vertical);
        planes = [.. header.Components.Select(component => new JpegPlane(
            Ceiling(frame.Columns * component.Horizontal, widest), Ceiling(frame.Rows * component.Vertical, highest),
            Ceiling(frame.Columns, 8 * widest) * component.Horizontal,
            Ceiling(frame.Rows, 8 * highest) * component.Vertical))];
    }

    /// <summary>Components as they are in the stream, those that are subsampled repeated to full size.</summary>
    public static byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        var header = JpegHeader.Read(encoded.Span);
        header.Demand(frame);
        return new SequentialJpegDecoder(frame, header).DecodeFrame(encoded.Span);
    }

    private byte[] DecodeFrame(ReadOnlySpan<byte> bytes)
    {
        var done = new bool[planes.Length];
        var at = JpegSegment.Start(bytes);
        while (done.Contains(false))
        {
            var segment = JpegSegment.Next(bytes, at);
            var body = bytes[segment.Body];
            at = segment.Body.End.Value;
            switch (segment.Marker)
            {
                case JpegSegment.HuffmanTables:
                    JpegHuffmanTable.ReadAll(body, huffman);
                    break;
                case JpegSegment.QuantizationTables:
                    ReadQuantization(body);
                    break;
                case JpegSegment.RestartInterval when body.Length >= 2:
                    restart = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case JpegSegment.StartOfScan:
                    var scan = JpegScan.Read(body, header.Components);
                    at = DecodeScan(scan, bytes, at);
                    foreach (var component in scan.Components)
                    {
                        done[component] = true;
                    }

                    break;
                case JpegSegment.EndOfImage:
                    throw JpegSegment.Bad("a JPEG frame that ends before all of its components");
            }
        }

        return Lay();
    }

    private int DecodeScan(JpegScan scan, ReadOnlySpan<byte> encoded, int start)
    {
        var parts = scan.Components.Select((component, index) => new ScanPart(
            planes[component],
            huffman[scan.Tables[index].Dc] ?? throw JpegSegment.Bad("a JPEG scan whose Huffman table is not there"),
            huffman[scan.Tables[index].Ac] ?? throw JpegSegment.Bad("a JPEG scan whose Huffman table is not there"),
            quantization[header.Components[component].QuantizationTable & 3]
                ?? throw JpegSegment.Bad("a JPEG scan whose quantization table is not there"),
            header.Components[component])).ToArray();
        // A.2.2: a scan of one component has its blocks alone, without those that fill up the last MCU.
        var isSingle = parts.Length == 1;
        var across = isSingle ? Ceiling(parts[0].Plane.Columns, 8) : Ceiling(frame.Columns, 8 * widest);
        var down = isSingle ? Ceiling(parts[0].Plane.Rows, 8) : Ceiling(frame.Rows, 8 * highest);
        var bits = new JpegBitReader(encoded, start);
        var predictions = new int[parts.Length];
        var block = new float[BlockSize];
        for (int row = 0, sinceRestart = 0; row < down; row++)
        {
            for (var column = 0; column < across; column++, sinceRestart++)
            {
                if (restart > 0 && sinceRestart == restart)
                {
                    sinceRestart = bits.TryRestart() ? 0 : throw JpegSegment.Bad("a JPEG restart marker that is missing");
                    Array.Clear(predictions);
                }

                for (var index = 0; index < parts.Length; index++)
                {
                    var (wide, high) = isSingle ? (1, 1) : (parts[index].Component.Horizontal, parts[index].Component.Vertical);
                    for (var inner = 0; inner < wide * high; inner++)
                    {
                        DecodeBlock(ref bits, parts[index], ref predictions[index], block);
                        InverseDct.Transform(
                            block, header.Precision, parts[index].Plane,
                            (column * wide) + (inner % wide), (row * high) + (inner / wide));
                    }
                }
            }

            if (bits.IsOverrun)
            {
                throw JpegSegment.Bad($"JPEG entropy-coded data that end in block row {row + 1} of {down}");
            }
        }

        return bits.Position;
    }

    /// <summary>F.2.2.1 and F.2.2.2, dequantized.</summary>
    private static void DecodeBlock(ref JpegBitReader bits, in ScanPart part, ref int prediction, float[] block)
    {
        Array.Clear(block);
        var category = part.Dc.Decode(ref bits);
        if (category > 16)
        {
            throw JpegSegment.Bad("a JPEG difference of more than 16 bits");
        }

        // Hostile differences may add up to anything: 20 bits are more than any image has.
        prediction = Math.Clamp(prediction + bits.TakeSigned(category), -(1 << 20), 1 << 20);
        block[0] = (float)prediction * part.Quantization[0];
        for (var place = 1; place < BlockSize; place++)
        {
            var symbol = part.Ac.Decode(ref bits);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0)
            {
                if (run < 15)
                {
                    return;
                }

                place += 15;
                continue;
            }

            place += run;
            if (place >= BlockSize)
            {
                throw JpegSegment.Bad("a JPEG block of more than 64 coefficients");
            }

            block[ZigZag[place]] = (float)bits.TakeSigned(size) * part.Quantization[place];
        }
    }

    private void ReadQuantization(ReadOnlySpan<byte> body)
    {
        while (body.Length > 0)
        {
            var isWide = body[0] >> 4 == 1;
            var length = 1 + (BlockSize * (isWide ? 2 : 1));
            if (body[0] >> 4 > 1 || (body[0] & 15) > 3 || body.Length < length)
            {
                throw JpegSegment.Bad("a JPEG quantization table that is cut off");
            }

            var table = new ushort[BlockSize];
            for (var index = 0; index < BlockSize; index++)
            {
                table[index] = isWide
                    ? BinaryPrimitives.ReadUInt16BigEndian(body[(1 + (2 * index))..])
                    : body[1 + index];
            }

            quantization[body[0] & 15] = table;
            body = body[length..];
        }
    }

    private byte[] Lay()
    {
        var cells = new byte[frame.FrameBytes];
        var full = new ushort[frame.Pixels];
        for (var index = 0; index < planes.Length; index++)
        {
            var (plane, component) = (planes[index], header.Components[index]);
            for (int row = 0, at = 0; row < frame.Rows; row++)
            {
                var from = row * component.Vertical / highest * plane.Stride;
                for (var column = 0; column < frame.Columns; column++, at++)
                {
                    full[at] = plane.Samples[from + (column * component.Horizontal / widest)];
                }
            }

            SampleLayout.Put<ushort>(frame, full, 1, index, header.Precision, cells);
        }

        return cells;
    }

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;

    private readonly record struct ScanPart(
        JpegPlane Plane, JpegHuffmanTable Dc, JpegHuffmanTable Ac, ushort[] Quantization, JpegComponent Component);
}
