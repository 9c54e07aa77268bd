using System.Security.Cryptography;
using System.Text;

namespace ClinicalSuite.Dicom.Web;

/// <summary>Writes a <c>multipart/related</c> body (RFC 2046 5.1, RFC 2387) part by part.</summary>
public sealed class MultipartWriter
{
    private readonly Stream target;
    private bool isFirst = true;

    public MultipartWriter(Stream target)
        : this(target, NewBoundary())
    {
    }

    internal MultipartWriter(Stream target, string boundary)
    {
        this.target = target;
        Boundary = boundary;
    }

    public string Boundary { get; }

    /// <summary>The media type of the whole body.</summary>
    /// <param name="type">Media type of the parts.</param>
    public string ContentType(string type) => $"{DicomMediaTypes.Multipart}; type=\"{type}\"; boundary={Boundary}";

    /// <summary>Begins a part; its content is then written to the target.</summary>
    public async Task BeginAsync(string contentType, string? contentLocation, CancellationToken cancellation) =>
        await target.WriteAsync(Head(contentType, contentLocation), cancellation);

    /// <summary>Writes the closing delimiter.</summary>
    public async Task EndAsync(CancellationToken cancellation) => await target.WriteAsync(Tail(), cancellation);

    internal void Begin(string contentType, string? contentLocation) => target.Write(Head(contentType, contentLocation));

    internal void End() => target.Write(Tail());

    /// <summary>Random, so that no content can hold it.</summary>
    internal static string NewBoundary() => "part-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private byte[] Head(string contentType, string? contentLocation)
    {
        var head = new StringBuilder(isFirst ? "" : "\r\n").Append("--").Append(Boundary).Append("\r\n")
            .Append("Content-Type: ").Append(contentType).Append("\r\n");
        if (contentLocation is not null)
        {
            head.Append("Content-Location: ").Append(contentLocation).Append("\r\n");
        }

        isFirst = false;
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private byte[] Tail() => Encoding.ASCII.GetBytes($"{(isFirst ? "" : "\r\n")}--{Boundary}--\r\n");
}
