using System.Buffers.Binary;
using System.Text;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>The bytes between a decoding process and its parent. Neither side believes a length of the other.</summary>
internal static class DecodingExchange
{
    private const int LongestText = 4096;
    private const int Ready = 0x52444543;
    private const byte Signed = 1;
    private const byte Planar = 2;

    /// <summary>The child's first word: from here on it is the frame that takes the time.</summary>
    public static void SayReady(Stream stream)
    {
        WriteNumber(stream, Ready);
        stream.Flush();
    }

    public static bool HearReady(Stream stream) => TryReadNumber(stream, out var number) && number == Ready;

    public static void Ask(Stream stream, FrameDescription frame, ReadOnlySpan<byte> encoded)
    {
        WriteText(stream, frame.TransferSyntaxUid);
        WriteText(stream, frame.PhotometricInterpretation);
        foreach (var number in new[]
        {
            frame.Columns, frame.Rows, frame.SamplesPerPixel, frame.BitsAllocated, frame.BitsStored,
            (frame.IsSigned ? Signed : 0) | (frame.IsPlanar ? Planar : 0), encoded.Length,
        })
        {
            WriteNumber(stream, number);
        }

        stream.Write(encoded);
        stream.Flush();
    }

    /// <returns>False at the end of the stream.</returns>
    public static bool TryReceive(Stream stream, out FrameDescription frame, out byte[] encoded)
    {
        (frame, encoded) = (null!, []);
        if (!TryReadNumber(stream, out var length))
        {
            return false;
        }

        var syntax = ReadText(stream, length);
        var photometric = ReadText(stream, ReadNumber(stream));
        var numbers = new int[7];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = ReadNumber(stream);
        }

        frame = new FrameDescription
        {
            TransferSyntaxUid = syntax,
            PhotometricInterpretation = photometric,
            Columns = numbers[0],
            Rows = numbers[1],
            SamplesPerPixel = numbers[2],
            BitsAllocated = numbers[3],
            BitsStored = numbers[4],
            IsSigned = (numbers[5] & Signed) != 0,
            IsPlanar = (numbers[5] & Planar) != 0,
        };
        encoded = new byte[numbers[6]];
        stream.ReadExactly(encoded);
        return true;
    }

    public static void Answer(Stream stream, byte[] cells)
    {
        WriteNumber(stream, cells.Length);
        stream.Write(cells);
        stream.Flush();
    }

    public static void Refuse(Stream stream, string reason, string tagPath)
    {
        WriteNumber(stream, -1);
        WriteText(stream, reason);
        WriteText(stream, tagPath);
        stream.Flush();
    }

    /// <returns>Null where the stream ends, or what comes is no answer.</returns>
    public static DecodingAnswer? Hear(Stream stream, FrameDescription frame)
    {
        try
        {
            var length = ReadNumber(stream);
            if (length == -1)
            {
                var reason = ReadText(stream, ReadNumber(stream));
                return new DecodingAnswer.Refused(reason, ReadText(stream, ReadNumber(stream)));
            }

            if (length != frame.FrameBytes)
            {
                return null;
            }

            var cells = new byte[length];
            stream.ReadExactly(cells);
            return new DecodingAnswer.Decoded(cells);
        }
        catch (Exception end) when (end is IOException or InvalidDataException)
        {
            return null;
        }
    }

    private static void WriteText(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(bytes.Length, LongestText);
        WriteNumber(stream, length);
        stream.Write(bytes, 0, length);
    }

    private static string ReadText(Stream stream, int length)
    {
        if (length is < 0 or > LongestText)
        {
            throw new InvalidDataException("a text longer than any that is sent");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static void WriteNumber(Stream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static int ReadNumber(Stream stream) =>
        TryReadNumber(stream, out var number) ? number : throw new EndOfStreamException();

    private static bool TryReadNumber(Stream stream, out int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        number = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return count == bytes.Length;
    }
}
