using System.Buffers.Binary;
using System.Globalization;

namespace ClinicalSuite.Dicom.IO;

/// <summary>Values of the binary VRs, little-endian (PS3.5 6.2).</summary>
internal static class BinaryNumbers
{
    public static bool IsFloating(DicomVR vr) =>
        vr == DicomVR.FL || vr == DicomVR.FD || vr == DicomVR.OF || vr == DicomVR.OD;

    public static double[] Doubles(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        var values = new double[bytes.Length / vr.UnitBytes];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Double(bytes[(index * vr.UnitBytes)..], vr);
        }

        return values;
    }

    /// <summary>False where an unsigned 64-bit value is above the largest signed one.</summary>
    public static bool TryLongs(ReadOnlySpan<byte> bytes, DicomVR vr, out long[] values)
    {
        values = new long[bytes.Length / vr.UnitBytes];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Long(bytes[(index * vr.UnitBytes)..], vr);
            if (values[index] < 0 && (vr == DicomVR.UV || vr == DicomVR.OV))
            {
                return false;
            }
        }

        return true;
    }

    public static string[] Texts(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        var values = new string[bytes.Length / vr.UnitBytes];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Text(bytes[(index * vr.UnitBytes)..], vr);
        }

        return values;
    }

    public static DicomTag[] Tags(ReadOnlySpan<byte> bytes)
    {
        var values = new DicomTag[bytes.Length / 4];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Tag(bytes[(index * 4)..]);
        }

        return values;
    }

    /// <exception cref="ArgumentException">A number does not fit in the VR.</exception>
    public static byte[] Encode(DicomTag tag, DicomVR vr, double[] values)
    {
        if (!IsFloating(vr))
        {
            return Encode(tag, vr, Array.ConvertAll(values, value => ToWhole(tag, vr, value)));
        }

        var bytes = new byte[values.Length * vr.UnitBytes];
        for (var index = 0; index < values.Length; index++)
        {
            var target = bytes.AsSpan(index * vr.UnitBytes);
            if (vr.UnitBytes == 4)
            {
                BinaryPrimitives.WriteSingleLittleEndian(target, (float)values[index]);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(target, values[index]);
            }
        }

        return bytes;
    }

    /// <exception cref="ArgumentException">A number does not fit in the VR.</exception>
    public static byte[] Encode(DicomTag tag, DicomVR vr, long[] values)
    {
        if (IsFloating(vr))
        {
            return Encode(tag, vr, Array.ConvertAll(values, value => (double)value));
        }

        if (vr.UnitBytes == 0 || vr == DicomVR.AT)
        {
            throw new ArgumentException($"{tag} of VR {vr} takes no numbers.", nameof(vr));
        }

        var (least, most) = Range(vr);
        var bytes = new byte[values.Length * vr.UnitBytes];
        for (var index = 0; index < values.Length; index++)
        {
            if (values[index] < least || values[index] > most)
            {
                throw new ArgumentException($"{tag}: a number does not fit in VR {vr}.", nameof(values));
            }

            WriteWhole(bytes.AsSpan(index * vr.UnitBytes, vr.UnitBytes), values[index]);
        }

        return bytes;
    }

    public static byte[] Encode(DicomTag[] values)
    {
        var bytes = new byte[values.Length * 4];
        for (var index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(index * 4), values[index].Group);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((index * 4) + 2), values[index].Element);
        }

        return bytes;
    }

    private static (long Least, long Most) Range(DicomVR vr) => vr.Code switch
    {
        "SS" => (short.MinValue, short.MaxValue),
        "US" or "OW" => (0, ushort.MaxValue),
        "SL" => (int.MinValue, int.MaxValue),
        "UL" or "OL" => (0, uint.MaxValue),
        "SV" => (long.MinValue, long.MaxValue),
        "UV" or "OV" => (0, long.MaxValue),
        _ => (0, byte.MaxValue),
    };

    private static void WriteWhole(Span<byte> target, long value)
    {
        for (var index = 0; index < target.Length; index++)
        {
            target[index] = (byte)((value >> (8 * index)) & 0xFF);
        }
    }

    private static long ToWhole(DicomTag tag, DicomVR vr, double value) =>
        value == Math.Truncate(value) && Math.Abs(value) <= 1L << 53
            ? (long)value
            : throw new ArgumentException($"{tag} of VR {vr} cannot say a fraction.", nameof(value));

    private static double Double(ReadOnlySpan<byte> bytes, DicomVR vr) => vr.Code switch
    {
        "FL" or "OF" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "FD" or "OD" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "UV" or "OV" => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        _ => Long(bytes, vr),
    };

    private static long Long(ReadOnlySpan<byte> bytes, DicomVR vr) => vr.Code switch
    {
        "SS" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "US" or "OW" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "SL" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "UL" or "OL" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "AT" => Tag(bytes).Value,
        "SV" or "UV" or "OV" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => bytes[0],
    };

    private static DicomTag Tag(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));

    private static string Text(ReadOnlySpan<byte> bytes, DicomVR vr) => vr.Code switch
    {
        "FL" or "OF" => BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
        "FD" or "OD" => BinaryPrimitives.ReadDoubleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
        "UV" or "OV" => BinaryPrimitives.ReadUInt64LittleEndian(bytes).ToString(CultureInfo.InvariantCulture),
        "AT" => Tag(bytes).ToString(),
        _ => Long(bytes, vr).ToString(CultureInfo.InvariantCulture),
    };
}
