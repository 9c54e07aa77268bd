using System.IO.Compression;

namespace ClinicalSuite.Dicom.IO;

/// <summary>The inflated form of what is left of an input (PS3.5 A.5), with limits against inflate bombs.</summary>
internal sealed class InflatedStream : Stream
{
    private const long FreeBytes = 16L << 20;

    private readonly DeflateStream inflate;
    private readonly DicomReadOptions options;
    private readonly long deflatedBytes;
    private long inflatedBytes;

    public InflatedStream(DicomInput input, Stream? stream, DicomReadOptions options)
    {
        this.options = options;
        var head = new MemoryStream(input.Available.ToArray(), writable: false);
        deflatedBytes = input.Length - input.Offset ?? long.MaxValue;
        inflate = new DeflateStream(
            stream is null ? head : new ConcatenatedStream(head, stream), CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => inflatedBytes;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var count = inflate.Read(buffer);
            inflatedBytes += count;
            var isBomb = inflatedBytes > FreeBytes && deflatedBytes < inflatedBytes / options.MaximumInflateRatio;
            if (isBomb || inflatedBytes > options.MaximumInflatedBytes)
            {
                throw new DicomFormatException("the deflated data set inflates beyond the limit", null, inflatedBytes);
            }

            return count;
        }
        catch (InvalidDataException)
        {
            throw new DicomFormatException("the deflated data set cannot be inflated", null, inflatedBytes);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inflate.Dispose();
        base.Dispose(disposing);
    }
}
