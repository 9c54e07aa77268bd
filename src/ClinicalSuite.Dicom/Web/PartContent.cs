using System.Net;
using System.Net.Http.Headers;

namespace ClinicalSuite.Dicom.Web;

/// <summary>
/// The body of a STOW-RS request: files, each read while it is sent. The parts are plainly application/dicom: the files say
/// their transfer syntax, and Orthanc 1.10 passes over a part whose media type has a parameter, with status 200.
/// </summary>
internal sealed class PartContent : HttpContent
{
    private readonly IReadOnlyList<string> files;
    private readonly string boundary = MultipartWriter.NewBoundary();

    public PartContent(IReadOnlyList<string> files)
    {
        this.files = files;
        Headers.ContentType = MediaTypeHeaderValue.Parse(
            new MultipartWriter(Stream.Null, boundary).ContentType(DicomMediaTypes.Dicom));
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var writer = new MultipartWriter(stream, boundary);
        foreach (var path in files)
        {
            await writer.BeginAsync(DicomMediaTypes.Dicom, null, cancellationToken);
            await using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            await file.CopyToAsync(stream, cancellationToken);
        }

        await writer.EndAsync(cancellationToken);
    }

    /// <summary>Known beforehand: some services take no body of unknown length.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        using var counted = new CountingStream();
        var writer = new MultipartWriter(counted, boundary);
        foreach (var path in files)
        {
            length += new FileInfo(path).Length;
            writer.Begin(DicomMediaTypes.Dicom, null);
        }

        writer.End();
        length += counted.Count;
        return true;
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Count { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Count += buffer.Length;
    }
}
