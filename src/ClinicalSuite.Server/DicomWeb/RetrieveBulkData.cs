using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>WADO-RS: the bytes of an attribute, at the addresses that the metadata name (PS3.18 10.4.1.1.5).</summary>
internal static class RetrieveBulkData
{
    internal static async Task<IResult> Get(string path, HttpContext context, Conversion conversion)
    {
        if (await Address.FindAsync(context) is not [var stored, ..])
        {
            return Answer.NotFound;
        }

        var file = DicomFile.Open(conversion.PathOf(stored));
        if (Find(file.Dataset, path.Split('/')) is not { } element || element is DicomSequence)
        {
            return Answer.NotFound;
        }

        if (element is DicomFragmentSequence fragments)
        {
            return await FragmentsAsync(context, fragments, file.TransferSyntax.Uid);
        }

        foreach (var range in Accepted.By(context.Request))
        {
            if (!MediaType.Takes(range.Content, DicomMediaTypes.OctetStream))
            {
                continue;
            }

            RetrieveInstances.Keep(context);
            if (range.Name == DicomMediaTypes.Multipart)
            {
                return await PartAsync(context, element);
            }

            var etag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{stored.Sha256}-{path.Replace('/', '-')}\"");
            return Results.Stream(
                element.OpenRead(), DicomMediaTypes.OctetStream, entityTag: etag, enableRangeProcessing: true);
        }

        return Answer.NotAcceptable(DicomMediaTypes.OctetStream);
    }

    /// <summary>The element at <c>00880200/0/7FE00010</c>; null where there is none.</summary>
    private static DicomElement? Find(DicomDataset dataset, string[] path)
    {
        for (var at = 0; ; at += 2)
        {
            if (!DicomTag.TryParse(path[at], out var tag) || !dataset.TryGetElement(tag, out var element))
            {
                return null;
            }

            if (at + 1 >= path.Length)
            {
                return element;
            }

            if (at + 2 >= path.Length || element is not DicomSequence { Items: var items }
                || !int.TryParse(path[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var item)
                || item >= items.Count)
            {
                return null;
            }

            dataset = items[item];
        }
    }

    private static async Task<IResult> PartAsync(HttpContext context, DicomElement element)
    {
        var writer = new MultipartWriter(context.Response.Body);
        context.Response.ContentType = writer.ContentType(DicomMediaTypes.OctetStream);
        await writer.BeginAsync(DicomMediaTypes.OctetStream, null, context.RequestAborted);
        await using (var bytes = element.OpenRead())
        {
            await bytes.CopyToAsync(context.Response.Body, context.RequestAborted);
        }

        await writer.EndAsync(context.RequestAborted);
        return Results.Empty;
    }

    /// <summary>Encapsulated pixel data: a part for each fragment, untouched.</summary>
    private static async Task<IResult> FragmentsAsync(
        HttpContext context, DicomFragmentSequence fragments, string syntax)
    {
        var media = DicomMediaTypes.OfFrame(syntax);
        var type = $"{media}; transfer-syntax={syntax}";
        if (!Accepted.By(context.Request).Any(range =>
            MediaType.Takes(range.Content, media) || MediaType.Takes(range.Content, DicomMediaTypes.OctetStream)))
        {
            return Answer.NotAcceptable($"multipart/related; type=\"{media}\"");
        }

        RetrieveInstances.Keep(context);
        var writer = new MultipartWriter(context.Response.Body);
        context.Response.ContentType = writer.ContentType(media);
        foreach (var fragment in fragments.Fragments)
        {
            await writer.BeginAsync(type, null, context.RequestAborted);
            await context.Response.Body.WriteAsync(fragment.Read(), context.RequestAborted);
        }

        await writer.EndAsync(context.RequestAborted);
        return Results.Empty;
    }
}
