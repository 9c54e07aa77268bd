using ClinicalSuite.Dicom;
using ClinicalSuite.Store;
using Microsoft.Net.Http.Headers;

namespace ClinicalSuite.Server.Documents;

/// <summary>The files that a run made, and the key figure as a picture for the page.</summary>
internal static class DocumentEndpoints
{
    internal static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/studies/{uid}/documents/{id:long}/figure.png", Figure);
        routes.MapGet("/studies/{uid}/documents/{id:long}/{name}", Document);
    }

    private static async Task<IResult> Document(
        string uid, long id, string name, StudyCatalogue catalogue, StoreFolder folder, HttpContext context)
    {
        if (await catalogue.EvidenceAsync(id, context.RequestAborted) is not { } evidence
            || evidence.StudyUid != uid || evidence.FileName != name)
        {
            return Results.NotFound();
        }

        var path = folder.Absolute(evidence.Path);
        if (!File.Exists(path))
        {
            return Results.NotFound();
        }

        var type = ContentType(evidence);
        if (type == "application/pdf")
        {
            // The browser's own reader lives in the frame; the policy of the pages would take its styles away.
            context.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'self'";
        }

        Keep(context);
        return Results.File(
            path, type, entityTag: new EntityTagHeaderValue($"\"{evidence.Sha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> Figure(
        string uid, long id, StudyCatalogue catalogue, StoreFolder folder, HttpContext context)
    {
        if (await catalogue.EvidenceAsync(id, context.RequestAborted) is not { } evidence
            || evidence.StudyUid != uid || evidence.Kind != EvidenceKind.SecondaryCapture
            || !File.Exists(folder.Absolute(evidence.Path)))
        {
            return Results.NotFound();
        }

        Keep(context);
        var file = DicomFile.Open(folder.Absolute(evidence.Path));
        var pixels = DicomPixelData.Create(file.Dataset);
        return Results.Bytes(
            PngImage.Write(pixels.Columns, pixels.Rows, pixels.GetFrame(0)),
            "image/png",
            entityTag: new EntityTagHeaderValue($"\"{evidence.Sha256}\""));
    }

    /// <summary>What a run made never changes, but a browser asks each time whether it may still see it.</summary>
    private static void Keep(HttpContext context) => context.Response.Headers.CacheControl = "private, no-cache";

    private static string ContentType(EvidenceObject evidence) => Path.GetExtension(evidence.FileName) switch
    {
        ".pdf" => "application/pdf",
        ".dcm" => "application/dicom",
        ".json" => "application/json",
        ".hl7" => "text/plain; charset=utf-8",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
