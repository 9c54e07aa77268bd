using System.Text;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Server.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>
/// STOW-RS (PS3.18 10.5): each part flows to disk as it arrives and is durable before the answer names it. What was kept
/// stays kept, whatever becomes of the rest of the request; the answer says which.
/// </summary>
internal static class StoreInstances
{
    // The register follows the journal within moments; a client that asks at once should find what it was promised.
    private static readonly TimeSpan UntilFound = TimeSpan.FromSeconds(5);

    internal static async Task<IResult> Post(
        HttpContext context, WebIntake intake, StoreLimit limit, ApplianceSettings settings)
    {
        var address = Address.Of(context);
        if (address is null)
        {
            return Answer.BadRequest("The address names no UID of a study (PS3.5 9.1).");
        }

        var type = MediaType.Parse(context.Request.ContentType);
        if (type?.Name != DicomMediaTypes.Multipart || type.Content is not (DicomMediaTypes.Dicom or "*/*"))
        {
            return Answer.Sentence(
                StatusCodes.Status415UnsupportedMediaType, "Instances come as multipart/related; type=\"application/dicom\".");
        }

        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            return Answer.Sentence(StatusCodes.Status415UnsupportedMediaType, "The body must not be compressed.");
        }

        if (Accepted.First(context.Request, DicomMediaTypes.DicomJson, DicomMediaTypes.Json) is not { } answerType)
        {
            return Answer.NotAcceptable(DicomMediaTypes.DicomJson);
        }

        if (!limit.TryEnter())
        {
            context.Response.Headers.RetryAfter = "5";
            return Answer.Sentence(StatusCodes.Status503ServiceUnavailable, "Too many requests store at this moment.");
        }

        try
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = settings.StowBytes;
            return await TakeAsync(context, intake, settings, type["boundary"], address.StudyUid, answerType);
        }
        finally
        {
            limit.Leave();
        }
    }

    private static async Task<IResult> TakeAsync(
        HttpContext context, WebIntake intake, ApplianceSettings settings, string? boundary, string? study, string answerType)
    {
        var session = intake.Begin(
            context.User.Identity?.Name ?? "STOW-RS", context.Connection.RemoteIpAddress);
        var taken = new List<WebStoreOutcome>();
        string? problem = "the connection was lost", broken = null;
        try
        {
            var reader = new MultipartReader(context.Request.Body, boundary);
            while (await reader.NextAsync(context.RequestAborted) is { } part)
            {
                taken.Add(part.ContentType?.Name is null or DicomMediaTypes.Dicom
                    ? await session.StoreAsync(part.Content, study, context.RequestAborted)
                    : WrongType(part.ContentType.Name));
            }

            problem = null;
        }
        catch (InvalidDataException failure)
        {
            broken = problem = failure.Message;
        }
        finally
        {
            await session.EndAsync(problem);
        }

        if (taken.Count == 0)
        {
            return Answer.BadRequest(broken is null ? "The body has no part." : $"The body cannot be read: {broken}.");
        }

        await session.UntilFoundAsync(UntilFound, context.RequestAborted);
        context.Response.StatusCode = broken is null ? Status(taken) : StatusCodes.Status400BadRequest;
        context.Response.ContentType = answerType;
        if (context.Response.StatusCode == StatusCodes.Status507InsufficientStorage)
        {
            context.Response.Headers.RetryAfter = "60";
        }

        if (broken is not null)
        {
            context.Response.Headers.Warning = $"299 {settings.AeTitle} \"the body cannot be read to its end: {broken}\"";
        }

        var answer = Encoding.UTF8.GetBytes(DicomJson.ToText(StoreResponse.Of(context.Request, study, taken)));
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        return Results.Empty;
    }

    private static WebStoreOutcome WrongType(string name) => new(
        "", "", "", "", DimseStatus.CannotUnderstand($"a part is {name}, not application/dicom"));

    /// <summary>PS3.18 10.5.3: all kept 200, some 202, none 409; none for want of space 507.</summary>
    private static int Status(List<WebStoreOutcome> taken)
    {
        var kept = taken.Count(one => one.Status.IsSuccess);
        return kept == taken.Count ? StatusCodes.Status200OK
            : kept > 0 ? StatusCodes.Status202Accepted
            : taken.TrueForAll(one => one.Status.IsTransientFailure) ? StatusCodes.Status507InsufficientStorage
            : StatusCodes.Status409Conflict;
    }
}
