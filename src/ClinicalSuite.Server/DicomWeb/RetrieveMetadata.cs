using System.Text.Json;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>WADO-RS: the data sets without their bulk, as JSON (PS3.18 10.4.1.1.2), one after the other.</summary>
internal static class RetrieveMetadata
{
    // Shorter bytes cost less in the text than a request of their own.
    private const int MostInlineBytes = 1024;

    /// <summary>What goes out as bulk stays in its file.</summary>
    private static readonly DicomReadOptions WithoutBulk = DicomReadOptions.Default with { LargeValueBytes = MostInlineBytes };

    internal static async Task<IResult> Get(HttpContext context, Conversion conversion)
    {
        var objects = await Address.FindAsync(context);
        if (objects.Count == 0)
        {
            return Answer.NotFound;
        }

        if (Accepted.First(context.Request, DicomMediaTypes.DicomJson, DicomMediaTypes.Json) is not { } type)
        {
            return Answer.NotAcceptable(DicomMediaTypes.DicomJson);
        }

        RetrieveInstances.Keep(context);
        context.Response.ContentType = type;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartArray();
        foreach (var stored in objects)
        {
            var url = Address.UrlOf(context.Request, stored) + "/bulkdata/";
            var dataset = DicomFile.Open(conversion.PathOf(stored), WithoutBulk).Dataset;
            DicomJson.Write(dataset, writer, (path, element) => IsBulk(element) ? url + path : null);
            await writer.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
        await writer.FlushAsync(context.RequestAborted);
        return Results.Empty;
    }

    /// <summary>Pixels are bulk however few they are: a reader of metadata does not look for them there.</summary>
    private static bool IsBulk(DicomElement element) => element is DicomFragmentSequence
        || (IsBytes(element.VR) && (element.Length > MostInlineBytes || element.Tag == DicomTag.PixelData));

    private static bool IsBytes(DicomVR vr) => vr.Code[0] == 'O' || vr == DicomVR.UN;
}
