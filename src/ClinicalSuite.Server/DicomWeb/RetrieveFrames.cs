using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>WADO-RS: frames of an instance, one part each (PS3.18 10.4.1.1.6), native or compressed as they are stored.</summary>
internal static class RetrieveFrames
{
    internal static async Task<IResult> Get(string frames, HttpContext context, Conversion conversion)
    {
        if (FrameList.Parse(frames) is not { } list)
        {
            return Answer.BadRequest("Frames are numbers from 1, separated by commas.");
        }

        if (await Address.FindAsync(context) is not [var stored, ..])
        {
            return Answer.NotFound;
        }

        var file = DicomFile.Open(conversion.PathOf(stored));
        if (!FrameList.HasPixels(file.Dataset))
        {
            return Answer.Sentence(StatusCodes.Status404NotFound, "The instance has no pixels, and so no frames.");
        }

        var pixels = DicomPixelData.Create(file);
        if (list.Any(frame => frame >= pixels.NumberOfFrames))
        {
            return Answer.Sentence(
                StatusCodes.Status404NotFound, $"The instance has {pixels.NumberOfFrames} frames; one that was asked for is not there.");
        }

        var syntax = file.TransferSyntax.Uid;
        foreach (var range in Accepted.By(context.Request))
        {
            if (TypeFor(range, Accepted.TransferSyntax(context.Request, range), syntax, pixels) is not { } type)
            {
                continue;
            }

            var isMultipart = range.Name == DicomMediaTypes.Multipart || list.Count > 1 || range.Name == "*/*";
            if (isMultipart && range.Name != DicomMediaTypes.Multipart && range.Name != "*/*")
            {
                continue;
            }

            RetrieveInstances.Keep(context);
            return isMultipart
                ? await PartsAsync(context, conversion, pixels, list, type, Address.UrlOf(context.Request, stored))
                : Results.Bytes(await FrameAsync(context, conversion, pixels, list[0], type), type);
        }

        return Answer.NotAcceptable(Offers(syntax, pixels));
    }

    /// <summary>The media type of the parts with its transfer syntax, or null where the range cannot be served.</summary>
    private static string? TypeFor(MediaType range, string? asked, string stored, DicomPixelData pixels)
    {
        var isEncapsulated = pixels.Fragments is not null;
        var compressed = DicomMediaTypes.OfFrame(stored, range.Content);
        var asStored = $"{compressed}; transfer-syntax={stored}";
        var native = $"{DicomMediaTypes.OctetStream}; transfer-syntax={DicomUID.ExplicitVRLittleEndian}";
        var wantsStored = asked == "*" || asked == stored;
        if (isEncapsulated && wantsStored
            && (MediaType.Takes(range.Content, compressed) || range.Content == DicomMediaTypes.OctetStream))
        {
            return asStored;
        }

        if (isEncapsulated && asked is null && range.Content == compressed && compressed != DicomMediaTypes.OctetStream)
        {
            return asStored;
        }

        var mayBeNative = MediaType.Takes(range.Content, DicomMediaTypes.OctetStream)
            && (asked is null or DicomUID.ExplicitVRLittleEndian or DicomUID.ImplicitVRLittleEndian
                || (asked == "*" && !isEncapsulated) || (asked == stored && !isEncapsulated));
        if (mayBeNative && pixels.CanDecode)
        {
            return native;
        }

        // Nobody here can decode it, and the client takes anything: it gets what there is.
        return isEncapsulated && asked is null && range.Content == "*/*" ? asStored : null;
    }

    private static string[] Offers(string stored, DicomPixelData pixels)
    {
        var offers = new List<string>();
        if (pixels.CanDecode)
        {
            offers.Add("multipart/related; type=\"application/octet-stream\"");
        }

        if (pixels.Fragments is not null)
        {
            offers.Add($"multipart/related; type=\"{DicomMediaTypes.OfFrame(stored)}\"; transfer-syntax={stored}");
        }

        return [.. offers];
    }

    private static async Task<IResult> PartsAsync(
        HttpContext context, Conversion conversion, DicomPixelData pixels, IReadOnlyList<int> frames, string type, string url)
    {
        var cancellation = context.RequestAborted;
        // Before the answer begins: a frame that cannot be decoded is then an error, not half an answer.
        var first = await FrameAsync(context, conversion, pixels, frames[0], type);
        var writer = new MultipartWriter(context.Response.Body);
        context.Response.ContentType = writer.ContentType(type.Split(';')[0]);
        for (var index = 0; index < frames.Count; index++)
        {
            var bytes = index == 0 ? first : await FrameAsync(context, conversion, pixels, frames[index], type);
            await writer.BeginAsync(type, $"{url}/frames/{frames[index] + 1}", cancellation);
            await context.Response.Body.WriteAsync(bytes, cancellation);
        }

        await writer.EndAsync(cancellation);
        return Results.Empty;
    }

    private static async Task<ReadOnlyMemory<byte>> FrameAsync(
        HttpContext context, Conversion conversion, DicomPixelData pixels, int frame, string type)
    {
        if (pixels.Fragments is not null && !type.EndsWith(DicomUID.ExplicitVRLittleEndian, StringComparison.Ordinal))
        {
            return pixels.GetEncodedFrame(frame);
        }

        using var turn = await conversion.TakeTurnAsync(context.RequestAborted);
        return pixels.GetFrame(frame).ToArray();
    }
}
