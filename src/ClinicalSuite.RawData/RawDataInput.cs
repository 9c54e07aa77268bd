using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClinicalSuite.RawData;

/// <summary>A stream that is read once from its start, and knows where it is when something is wrong.</summary>
internal sealed class RawDataInput(Stream stream, string name, long? length)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>As messages name it.</summary>
    public string Name => name;

    public long Position { get; private set; }

    /// <summary>Bytes that are left; null where the end is not known.</summary>
    public long? Remaining => length - Position;

    public RawDataFormatException Fault(string reason, long? offset = null) => new(reason, name, offset ?? Position);

    /// <exception cref="RawDataFormatException">The input ends before.</exception>
    public void Read(Span<byte> destination)
    {
        int count;
        try
        {
            count = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new RawDataFormatException("the compressed data are damaged", name, Position, e);
        }

        Position += count;
        if (count < destination.Length)
        {
            throw Fault($"the file ends {destination.Length - count} bytes before this block does");
        }
    }

    public void Skip(long count)
    {
        var scratch = new byte[Math.Min(count, ChunkBytes)];
        for (; count > 0; count -= Math.Min(count, scratch.Length))
        {
            Read(scratch.AsSpan(0, (int)Math.Min(count, scratch.Length)));
        }
    }

    /// <summary>Whether no byte is left; reads one where the length is not known.</summary>
    public bool IsAtEnd()
    {
        if (Remaining is { } left)
        {
            return left == 0;
        }

        Span<byte> next = stackalloc byte[1];
        return stream.Read(next) == 0;
    }

    /// <summary>Numbers of one kind, brought to this machine's byte order.</summary>
    /// <param name="bytesOfPart">What is reversed at once: 4 for a complex number of 8 bytes.</param>
    public T[] ReadValues<T>(int count, int bytesOfPart, bool isBigEndian)
        where T : unmanaged
    {
        var values = new T[count];
        var step = ChunkBytes / Marshal.SizeOf<T>();
        for (var start = 0; start < count; start += step)
        {
            var bytes = MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(step, count - start)));
            Read(bytes);
            if (isBigEndian == BitConverter.IsLittleEndian)
            {
                Reverse(bytes, bytesOfPart);
            }
        }

        return values;
    }

    private static void Reverse(Span<byte> bytes, int bytesOfPart)
    {
        switch (bytesOfPart)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var words = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
