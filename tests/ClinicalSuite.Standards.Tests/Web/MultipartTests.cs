using System.Text;
using ClinicalSuite.Dicom.Web;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Web;

/// <summary>RFC 2046 5.1, in whatever pieces the bytes come.</summary>
public class MultipartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1 << 20)]
    public async Task Parts_come_back_as_they_were_written_however_the_stream_is_cut(int piece)
    {
        // The second holds all that could be taken for a delimiter; the third is longer than the reader's buffer.
        byte[][] contents = [[], Encoding.ASCII.GetBytes("\r\n--\r\n--part-\r\n-\r\n"), [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)]];
        using var body = new MemoryStream();
        var writer = new MultipartWriter(body);
        foreach (var content in contents)
        {
            await writer.BeginAsync("application/dicom; transfer-syntax=1.2", "http://here/1", CancellationToken.None);
            await body.WriteAsync(content);
        }

        await writer.EndAsync(CancellationToken.None);
        body.Position = 0;

        var reader = new MultipartReader(new Pieces(body, piece), writer.Boundary);
        foreach (var content in contents)
        {
            var part = await reader.NextAsync(CancellationToken.None);
            Assert.Equal("1.2", part!.ContentType!["transfer-syntax"]);
            Assert.Equal("http://here/1", part.ContentLocation);
            Assert.Equal(content, await ReadAsync(part));
        }

        Assert.Null(await reader.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_part_that_nobody_reads_is_passed_over()
    {
        var reader = Reader("preamble\r\n--b\r\nContent-Type: a/b\r\n\r\nfirst\r\n--b  \r\nX: y\r\n\r\nsecond\r\n--b--");

        await reader.NextAsync(CancellationToken.None);
        var second = await reader.NextAsync(CancellationToken.None);

        Assert.Equal("second", Encoding.ASCII.GetString(await ReadAsync(second!)));
        Assert.Null(await reader.NextAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("no delimiter at all", "no delimiter")]
    [InlineData("--b\r\nContent-Type: a/b\r\n\r\ncut here", "closing delimiter is missing")]
    [InlineData("--b\r\nContent-Type: a/b\r\n\r\ncut here\r\n--", "closing delimiter is missing")]
    [InlineData("--b\r\nContent-Type", "inside a header")]
    [InlineData("--b\r\nno colon\r\n\r\n", "no colon")]
    [InlineData("--bother\r\n\r\n", "follows a delimiter")]
    public async Task A_broken_body_is_named(string body, string reason)
    {
        var problem = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            var reader = Reader(body);
            while (await reader.NextAsync(CancellationToken.None) is { } part)
            {
                await ReadAsync(part);
            }
        });

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_headers_and_preambles_are_given_up()
    {
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Reader("--b\r\nX: " + new string('x', 1_000_000)).NextAsync(CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Reader(new string('x', 1_000_000) + "\r\n--b\r\n\r\n--b--").NextAsync(CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Reader("--b\r\n" + string.Concat(Enumerable.Repeat("X: 1234567890\r\n", 100_000))).NextAsync(CancellationToken.None));
        Assert.Throws<InvalidDataException>(() => new MultipartReader(Stream.Null, null));
    }

    [Fact]
    public void Accept_headers_are_read_with_quotes_weights_and_nonsense()
    {
        var ranges = MediaType.ParseAccept(
            "text/html;q=0.1, multipart/related; type=\"application/dicom\"; transfer-syntax=*;q=0.9, nonsense, image/*;q=0, "
            + "Application/DICOM+json , x/y; a=\"1,2;\\\"3\"");

        Assert.Equal(["application/dicom+json", "x/y", "multipart/related", "text/html"], ranges.Select(range => range.Name));
        Assert.Equal("application/dicom", ranges[2].Content);
        Assert.Equal("*", ranges[2]["Transfer-Syntax"]);
        Assert.Equal("1,2;\"3", ranges[1]["a"]);
        Assert.True(MediaType.Takes("image/*", "image/jpeg"));
        Assert.False(MediaType.Takes("image/*", "application/dicom"));
    }

    private static MultipartReader Reader(string body) => new(new MemoryStream(Encoding.ASCII.GetBytes(body)), "b");

    private static async Task<byte[]> ReadAsync(MultipartPart part)
    {
        using var all = new MemoryStream();
        await part.Content.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>A stream that gives at most so many bytes at a time, as a network does.</summary>
    private sealed class Pieces(MemoryStream inner, int most) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
