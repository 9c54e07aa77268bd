namespace ClinicalSuite.Dicom.IO;

/// <summary>
/// Bytes to parse, seen through a block that moves forward. Blocks are never reused: values taken from one stay valid
/// and are not copied.
/// </summary>
internal sealed class DicomInput
{
    private const int FirstBlockBytes = 16 * 1024;
    private const int BlockBytes = 64 * 1024;

    private readonly Stream? stream;
    private byte[] block;
    private int position;
    private int end;
    private long blockStart;

    public DicomInput(ReadOnlyMemory<byte> memory)
    {
        if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray(memory, out var array) && array.Offset == 0)
        {
            block = array.Array!;
            end = array.Count;
        }
        else
        {
            block = memory.ToArray();
            end = block.Length;
        }

        Length = end;
    }

    /// <param name="file">The file that the stream reads from its start, if large values may stay there.</param>
    public DicomInput(Stream stream, StoredFile? file = null)
    {
        this.stream = stream;
        File = file;
        block = [];
        Length = stream.CanSeek ? stream.Length - stream.Position : null;
    }

    /// <summary>Total bytes where known.</summary>
    public long? Length { get; }

    /// <summary>The file whose large values may stay where they are; null if they must be read.</summary>
    public StoredFile? File { get; }

    public long Offset => blockStart + position;

    public ReadOnlySpan<byte> Available => block.AsSpan(position, end - position);

    /// <summary>Makes bytes available; false where the input ends before.</summary>
    public bool Ensure(int count)
    {
        if (end - position >= count)
        {
            return true;
        }

        return stream is not null && Fill(count);
    }

    public void Advance(int count) => position += count;

    /// <summary>Takes bytes that <see cref="Ensure"/> made available.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        var memory = block.AsMemory(position, count);
        position += count;
        return memory;
    }

    /// <summary>Takes bytes of which some may be missing: null where the input ends before.</summary>
    public ReadOnlyMemory<byte>? TryTake(long count) =>
        count <= Array.MaxLength && Ensure((int)count) ? Take((int)count) : null;

    /// <summary>Passes over bytes; the caller has checked that they are there.</summary>
    public void Skip(long count)
    {
        var inBlock = (int)Math.Min(count, end - position);
        position += inBlock;
        var beyond = count - inBlock;
        if (beyond > 0)
        {
            var target = Offset + beyond;
            stream!.Seek(beyond, SeekOrigin.Current);
            block = [];
            position = 0;
            end = 0;
            blockStart = target;
        }
    }

    /// <summary>Passes over bytes of which some may be missing; false where the input ends before. Nothing is kept.</summary>
    public bool TryPassOver(long count)
    {
        if (File is not null && Length is { } total && count <= total - Offset)
        {
            Skip(count);
            return true;
        }

        while (count > 0)
        {
            if (!Ensure(1))
            {
                return false;
            }

            var some = (int)Math.Min(count, end - position);
            position += some;
            count -= some;
        }

        return true;
    }

    private bool Fill(int count)
    {
        var wanted = Length is { } total ? (int)Math.Min(count, total - Offset) : count;
        if (wanted > end - position)
        {
            Load(wanted);
        }

        return end - position >= count;
    }

    /// <summary>Starts a new block with what is left of this one and reads on; fewer bytes if the stream ends.</summary>
    private void Load(int count)
    {
        var kept = end - position;
        var size = Math.Max(count, blockStart + position == 0 ? FirstBlockBytes : BlockBytes);
        // A length in the file is believed as far as the stream reaches, or else as far as bytes arrive.
        size = Length is { } total
            ? (int)Math.Min(size, total - Offset)
            : Math.Min(size, Math.Max(BlockBytes, kept * 2));
        var next = new byte[size];
        Available.CopyTo(next);
        blockStart += position;
        position = 0;
        end = kept;
        block = next;
        while (end < count)
        {
            if (end == block.Length)
            {
                Array.Resize(ref block, (int)Math.Min(count, Math.Max(block.Length * 2L, BlockBytes)));
            }

            var read = stream!.Read(block, end, block.Length - end);
            if (read == 0)
            {
                return;
            }

            end += read;
        }
    }
}
