using System.Numerics;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>JPEG lossless, process 14, selection value 1, with a Huffman table made for the frame.</summary>
internal static class LosslessJpegEncoder
{
    private const int Categories = 17;
    private const int LongestCode = 16;

    /// <param name="samples">Pixel by pixel, unsigned numbers of <paramref name="precision"/> bits.</param>
    public static byte[] Encode(ReadOnlySpan<ushort> samples, int columns, int rows, int samplesPerPixel, int precision)
    {
        var differences = Differences(samples, columns * samplesPerPixel, samplesPerPixel, precision);
        var (counts, symbols) = Code(differences);
        var encoded = new MemoryStream(samples.Length);
        encoded.Write([0xFF, JpegSegment.StartOfImage]);
        Segment(encoded, JpegSegment.HuffmanTables, [0, .. counts, .. symbols]);
        var components = Enumerable.Range(1, samplesPerPixel).ToArray();
        Segment(encoded, (byte)JpegProcess.Lossless,
        [
            (byte)precision, (byte)(rows >> 8), (byte)(rows & 0xFF), (byte)(columns >> 8), (byte)(columns & 0xFF),
            (byte)samplesPerPixel, .. components.SelectMany(id => new byte[] { (byte)id, 0x11, 0 }),
        ]);
        const byte Predictor = 1;
        Segment(encoded, JpegSegment.StartOfScan,
        [
            (byte)samplesPerPixel, .. components.SelectMany(id => new byte[] { (byte)id, 0 }), Predictor, 0, 0,
        ]);
        Entropy(encoded, differences, counts, symbols);
        encoded.Write([0xFF, JpegSegment.EndOfImage]);
        return encoded.ToArray();
    }

    /// <summary>H.1.2.1, modulo 65536.</summary>
    private static short[] Differences(ReadOnlySpan<ushort> samples, int stride, int samplesPerPixel, int precision)
    {
        var differences = new short[samples.Length];
        for (var at = 0; at < samples.Length; at++)
        {
            var prediction = at % stride >= samplesPerPixel ? samples[at - samplesPerPixel]
                : at >= stride ? samples[at - stride]
                : 1 << (precision - 1);
            differences[at] = unchecked((short)(samples[at] - prediction));
        }

        return differences;
    }

    private static int CategoryOf(short difference) => difference == short.MinValue
        ? 16
        : 32 - BitOperations.LeadingZeroCount((uint)Math.Abs((int)difference));

    /// <summary>Numbers of codes by length, and the categories in order of their codes (Annex K.2).</summary>
    private static (byte[] Counts, byte[] Symbols) Code(short[] differences)
    {
        var frequencies = new long[Categories + 1];
        foreach (var difference in differences)
        {
            frequencies[CategoryOf(difference)]++;
        }

        // One more, the rarest: no code may be all ones.
        frequencies[Categories] = 1;
        var lengths = new int[Categories + 1];
        var groups = Enumerable.Range(0, Categories + 1).Where(symbol => frequencies[symbol] > 0)
            .Select(symbol => (Weight: frequencies[symbol], Members: new List<int> { symbol })).ToList();
        while (groups.Count > 1)
        {
            groups.Sort((left, right) => right.Weight.CompareTo(left.Weight));
            var (first, second) = (groups[^1], groups[^2]);
            groups.RemoveRange(groups.Count - 2, 2);
            first.Members.AddRange(second.Members);
            first.Members.ForEach(symbol => lengths[symbol]++);
            groups.Add((first.Weight + second.Weight, first.Members));
        }

        var counts = Limit(lengths);
        var symbols = Enumerable.Range(0, Categories).Where(symbol => lengths[symbol] > 0)
            .OrderBy(symbol => lengths[symbol]).ThenBy(symbol => symbol).Select(symbol => (byte)symbol).ToArray();
        return (counts, symbols);
    }

    /// <summary>Figure K.3: no code longer than 16 bits, and the reserved one taken out.</summary>
    private static byte[] Limit(int[] lengths)
    {
        var counts = new int[Math.Max(lengths.Max(), LongestCode) + 1];
        foreach (var length in lengths.Where(length => length > 0))
        {
            counts[length]++;
        }

        for (var length = counts.Length - 1; length > LongestCode; length--)
        {
            while (counts[length] > 0)
            {
                var shorter = length - 2;
                while (counts[shorter] == 0)
                {
                    shorter--;
                }

                counts[length] -= 2;
                counts[length - 1]++;
                counts[shorter + 1] += 2;
                counts[shorter]--;
            }
        }

        var longest = LongestCode;
        while (counts[longest] == 0)
        {
            longest--;
        }

        counts[longest]--;
        return [.. counts.Skip(1).Take(LongestCode).Select(count => (byte)count)];
    }

    private static void Entropy(MemoryStream target, short[] differences, byte[] counts, byte[] symbols)
    {
        var codes = new (uint Bits, int Length)[Categories];
        for (int length = 1, code = 0, index = 0; length <= LongestCode; length++, code <<= 1)
        {
            for (var item = 0; item < counts[length - 1]; item++)
            {
                codes[symbols[index++]] = ((uint)code++, length);
            }
        }

        var window = 0UL;
        var used = 0;
        foreach (var difference in differences)
        {
            var category = CategoryOf(difference);
            var (bits, length) = codes[category];
            window = (window << length) | bits;
            used += length;
            if (category is > 0 and < 16)
            {
                var value = difference > 0 ? difference : difference + (1 << category) - 1;
                window = (window << category) | (uint)value;
                used += category;
            }

            while (used >= 8)
            {
                used -= 8;
                Put(target, (byte)((window >> used) & 0xFF));
            }
        }

        if (used > 0)
        {
            // F.1.2.3: padded with ones.
            Put(target, (byte)(((window << (8 - used)) | ((1UL << (8 - used)) - 1)) & 0xFF));
        }
    }

    private static void Put(MemoryStream target, byte value)
    {
        target.WriteByte(value);
        if (value == 0xFF)
        {
            target.WriteByte(0);
        }
    }

    private static void Segment(MemoryStream target, byte marker, ReadOnlySpan<byte> body)
    {
        var length = body.Length + 2;
        target.Write([0xFF, marker, (byte)(length >> 8), (byte)(length & 0xFF)]);
        target.Write(body);
    }
}
