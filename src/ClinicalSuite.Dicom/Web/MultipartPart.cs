namespace ClinicalSuite.Dicom.Web;

/// <summary>One part of a multipart body. Its content can be read until the next part is asked for.</summary>
public sealed class MultipartPart
{
    internal MultipartPart(IReadOnlyDictionary<string, string> headers, Stream content)
    {
        Headers = headers;
        Content = content;
    }

    /// <summary>By name, which has no case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Null where the part names none.</summary>
    public MediaType? ContentType => MediaType.Parse(Headers.GetValueOrDefault("Content-Type"));

    public string? ContentLocation => Headers.GetValueOrDefault("Content-Location");

    /// <summary>Read asynchronously, from front to end.</summary>
    public Stream Content { get; }
}
