using System.Text;

namespace ClinicalSuite.Dicom.Web;

/// <summary>
/// Reads a multipart body (RFC 2046 5.1) part by part as it arrives: memory does not grow with the parts.
/// </summary>
public sealed class MultipartReader
{
    private const int BufferBytes = 128 * 1024;
    private const int MostHeaderBytes = 16 * 1024;
    private const int MostPreambleBytes = 64 * 1024;
    // RFC 2046 5.1.1 allows 70; Orthanc 1.10 sends 73.
    private const int MostBoundaryCharacters = 200;

    private readonly Stream source;
    private readonly byte[] delimiter;
    private readonly byte[] buffer = new byte[BufferBytes];
    private int start;
    private int end;
    private bool hasSourceEnded;
    private bool isFirst = true;
    private bool isInBody;
    private bool isFinished;

    /// <param name="boundary">The boundary parameter of the body's media type.</param>
    /// <exception cref="InvalidDataException">The boundary is none.</exception>
    public MultipartReader(Stream source, string? boundary)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (boundary is not { Length: > 0 and <= MostBoundaryCharacters } || boundary.Any(c => c is < ' ' or > '~'))
        {
            throw new InvalidDataException("the media type of the body names no boundary");
        }

        this.source = source;
        delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);
        // The first delimiter may stand at the very beginning, without the line end that belongs to the others.
        buffer[0] = (byte)'\r';
        buffer[1] = (byte)'\n';
        end = 2;
    }

    /// <summary>
    /// The next part, or null after the closing delimiter. What is left of the part before it is passed over.
    /// </summary>
    /// <exception cref="InvalidDataException">The body is not as RFC 2046 says, or ends too early.</exception>
    public async Task<MultipartPart?> NextAsync(CancellationToken cancellation)
    {
        if (isFinished)
        {
            return null;
        }

        await PassOverAsync(cancellation);
        var line = await ReadLineAsync("delimiter", cancellation);
        if (line.StartsWith("--", StringComparison.Ordinal))
        {
            isFinished = true;
            return null;
        }

        if (line.Trim().Length > 0)
        {
            throw new InvalidDataException("text follows a delimiter on its line");
        }

        var headers = await ReadHeadersAsync(cancellation);
        isInBody = true;
        return new MultipartPart(headers, new PartStream(this));
    }

    /// <summary>Up to the next delimiter, and over it.</summary>
    private async Task PassOverAsync(CancellationToken cancellation)
    {
        if (!isFirst && !isInBody)
        {
            return;
        }

        var passed = 0L;
        isInBody = true;
        var nothing = new byte[16 * 1024];
        for (int count; (count = await ReadBodyAsync(nothing, cancellation)) > 0;)
        {
            passed += count;
            if (isFirst && passed > MostPreambleBytes)
            {
                throw new InvalidDataException("no delimiter where the first part should begin");
            }
        }

        isFirst = false;
    }

    private async ValueTask<int> ReadBodyAsync(Memory<byte> target, CancellationToken cancellation)
    {
        if (!isInBody || target.Length == 0)
        {
            return 0;
        }

        while (true)
        {
            var window = buffer.AsMemory(start, end - start);
            var found = window.Span.IndexOf(delimiter);
            if (found == 0)
            {
                start += delimiter.Length;
                isInBody = false;
                return 0;
            }

            // What could be the beginning of a delimiter waits for the bytes after it.
            var free = found > 0 ? found : window.Length - delimiter.Length + 1;
            if (free > 0)
            {
                var count = Math.Min(free, target.Length);
                window[..count].CopyTo(target);
                start += count;
                return count;
            }

            if (!await FillAsync(cancellation))
            {
                throw new InvalidDataException(isFirst
                    ? "the body has no delimiter of the boundary that its media type names"
                    : "the body ends inside a part: its closing delimiter is missing");
            }
        }
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellation)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var bytes = 0;
        var last = "";
        while (await ReadLineAsync("header", cancellation) is { Length: > 0 } line)
        {
            bytes += line.Length;
            if (bytes > MostHeaderBytes)
            {
                throw new InvalidDataException($"the headers of a part are longer than {MostHeaderBytes} bytes");
            }

            if (line[0] is ' ' or '\t' && last.Length > 0)
            {
                headers[last] += " " + line.Trim();
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new InvalidDataException("a header of a part has no colon");
            }

            last = line[..colon].Trim();
            headers[last] = line[(colon + 1)..].Trim();
        }

        return headers;
    }

    private async Task<string> ReadLineAsync(string what, CancellationToken cancellation)
    {
        while (true)
        {
            var window = buffer.AsSpan(start, end - start);
            var length = window.IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(window[..length]);
                start += length + 2;
                return line;
            }

            if (window.Length > MostHeaderBytes)
            {
                throw new InvalidDataException($"a {what} line of more than {MostHeaderBytes} bytes");
            }

            if (!await FillAsync(cancellation))
            {
                // The closing delimiter may be the very end (RFC 2046 5.1.1: the line end after it is optional).
                var rest = Encoding.Latin1.GetString(buffer.AsSpan(start, end - start));
                start = end;
                return rest.StartsWith("--", StringComparison.Ordinal)
                    ? rest
                    : throw new InvalidDataException($"the body ends inside a {what} line");
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (hasSourceEnded)
        {
            return false;
        }

        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        var count = await source.ReadAsync(buffer.AsMemory(end), cancellation);
        end += count;
        hasSourceEnded = count == 0;
        return count > 0;
    }

    private sealed class PartStream(MultipartReader reader) : ForwardStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            reader.ReadBodyAsync(buffer, cancellationToken);
    }
}
