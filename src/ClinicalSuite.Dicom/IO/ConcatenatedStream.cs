namespace ClinicalSuite.Dicom.IO;

/// <summary>One stream after another, for reading.</summary>
internal sealed class ConcatenatedStream(Stream first, Stream second) : Stream
{
    private bool firstIsRead;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (!firstIsRead)
        {
            var count = first.Read(buffer);
            if (count > 0 || buffer.IsEmpty)
            {
                return count;
            }

            firstIsRead = true;
        }

        return second.Read(buffer);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
