namespace ClinicalSuite.Evidence.Volumes;

/// <summary>What an archive entry inflates to, within limits: a few bytes may claim to be any number.</summary>
/// <param name="inner">The inflating stream; disposed with this one.</param>
/// <param name="mostBytes">Of this entry.</param>
/// <param name="countInArchive">Adds to what the whole archive has inflated to; false when that is too much.</param>
internal sealed class EntryStream(Stream inner, InputFile file, long mostBytes, Func<long, bool> countInArchive) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InputRefusedException">The entry or the archive inflates beyond its limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _read += count;
        if (_read > mostBytes || !countInArchive(count))
        {
            throw new InputRefusedException(InputReasons.TooLarge, "the archive inflates beyond the limit", file.ToString());
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
