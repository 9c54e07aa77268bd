using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>
/// JPEG lossless, process 14 (ITU-T T.81 Annex H): all predictors, 2 to 16 bits, point transform, restart intervals,
/// components interleaved or scan by scan.
/// </summary>
internal static class LosslessJpegDecoder
{
    public static byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        var bytes = encoded.Span;
        var header = JpegHeader.Read(bytes);
        header.Demand(frame);
        if (header.Precision is < 2 or > 16 || (frame.SamplesPerPixel > 1
            && header.Components.Any(component => (component.Horizontal, component.Vertical) != (1, 1))))
        {
            throw JpegSegment.Bad("lossless JPEG with subsampled components, or not of 2 to 16 bits");
        }

        var cells = new byte[frame.FrameBytes];
        var tables = new JpegHuffmanTable?[8];
        var restart = 0;
        var done = new bool[frame.SamplesPerPixel];
        var at = JpegSegment.Start(bytes);
        while (done.Contains(false))
        {
            var segment = JpegSegment.Next(bytes, at);
            var body = bytes[segment.Body];
            at = segment.Body.End.Value;
            switch (segment.Marker)
            {
                case JpegSegment.HuffmanTables:
                    JpegHuffmanTable.ReadAll(body, tables);
                    break;
                case JpegSegment.RestartInterval when body.Length >= 2:
                    restart = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case JpegSegment.StartOfScan:
                    var scan = JpegScan.Read(body, header.Components);
                    at = DecodeScan(frame, header, scan, tables, restart, bytes, at, cells);
                    foreach (var component in scan.Components)
                    {
                        done[component] = true;
                    }

                    break;
                case JpegSegment.EndOfImage:
                    throw JpegSegment.Bad("a JPEG frame that ends before all of its components");
            }
        }

        return cells;
    }

    private static int DecodeScan(
        FrameDescription frame, JpegHeader header, JpegScan scan, JpegHuffmanTable?[] tables, int restart,
        ReadOnlySpan<byte> encoded, int start, Span<byte> cells)
    {
        var codes = new JpegHuffmanTable[scan.Components.Count];
        for (var index = 0; index < codes.Length; index++)
        {
            codes[index] = tables[scan.Tables[index].Dc]
                ?? throw JpegSegment.Bad("a JPEG scan whose Huffman table is not there");
        }

        if (scan.Start is < 1 or > 7 || scan.Low >= header.Precision)
        {
            throw JpegSegment.Bad($"lossless JPEG with predictor {scan.Start} and point transform {scan.Low}");
        }

        // H.1.2.1: a restart interval is a whole number of lines, for the prediction starts anew with it.
        if (restart % frame.Columns != 0)
        {
            throw JpegSegment.Bad("lossless JPEG with a restart interval that is no whole number of lines");
        }

        var planes = new ushort[codes.Length][];
        for (var index = 0; index < planes.Length; index++)
        {
            planes[index] = new ushort[frame.Pixels];
        }

        var bits = new JpegBitReader(encoded, start);
        var restartRows = restart / frame.Columns;
        for (int row = 0, sinceRestart = 0; row < frame.Rows; row++, sinceRestart++)
        {
            if (restartRows > 0 && row > 0 && sinceRestart == restartRows)
            {
                sinceRestart = bits.TryRestart() ? 0 : throw JpegSegment.Bad("a JPEG restart marker that is missing");
            }

            DecodeRow(planes, codes, frame.Columns, row, sinceRestart == 0, header.Precision - scan.Low, scan.Start, ref bits);
            if (bits.IsOverrun)
            {
                throw JpegSegment.Bad($"JPEG entropy-coded data that end in row {row + 1} of {frame.Rows}");
            }
        }

        for (var index = 0; index < planes.Length; index++)
        {
            var plane = planes[index].AsSpan();
            for (var pixel = 0; scan.Low > 0 && pixel < plane.Length; pixel++)
            {
                plane[pixel] = (ushort)((plane[pixel] << scan.Low) & 0xFFFF);
            }

            SampleLayout.Put<ushort>(frame, plane, 1, scan.Components[index], header.Precision, cells);
        }

        return bits.Position;
    }

    private static void DecodeRow(
        ushort[][] planes, JpegHuffmanTable[] codes, int columns, int row, bool isFirst, int bitsOfSample, int predictor,
        ref JpegBitReader bits)
    {
        var start = row * columns;
        for (var column = 0; column < columns; column++)
        {
            for (var index = 0; index < planes.Length; index++)
            {
                var category = codes[index].Decode(ref bits);
                // H.1.2.2: category 16 is the difference 32768 and has no bits.
                var difference = category < 16 ? bits.TakeSigned(category) : 32768;
                if (category > 16)
                {
                    throw JpegSegment.Bad("lossless JPEG with a difference of more than 16 bits");
                }

                var plane = planes[index];
                var at = start + column;
                // H.1.2.1: the first line predicts from the left, the first sample of a line from above.
                var prediction = isFirst
                    ? column == 0 ? 1 << (bitsOfSample - 1) : plane[at - 1]
                    : column == 0 ? plane[at - columns]
                    : Predict(predictor, plane[at - 1], plane[at - columns], plane[at - columns - 1]);
                plane[at] = (ushort)((prediction + difference) & 0xFFFF);
            }
        }
    }

    /// <summary>Table H.1, from the samples to the left, above, and above to the left.</summary>
    private static int Predict(int predictor, int left, int above, int corner) => predictor switch
    {
        1 => left,
        2 => above,
        3 => corner,
        4 => left + above - corner,
        5 => left + ((above - corner) >> 1),
        6 => above + ((left - corner) >> 1),
        _ => (left + above) >> 1,
    };
}
