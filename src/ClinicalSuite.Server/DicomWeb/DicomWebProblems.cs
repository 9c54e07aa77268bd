using System.Text;
using ClinicalSuite.Dicom;
using Microsoft.AspNetCore.Diagnostics;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>
/// Programs, not people, read these answers: a plain sentence in place of the page of an error. An answer that has begun
/// is cut, so that nobody takes half of it for the whole.
/// </summary>
internal sealed class DicomWebProblems(RequestDelegate next, ILogger<DicomWebProblems> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsDicomWeb(context.Request.Path))
        {
            await next(context);
            return;
        }

        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (BadHttpRequestException problem)
        {
            await AnswerAsync(context, problem.StatusCode, problem.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "The body is larger than this server takes in one request."
                : "The request is not HTTP as it should be.");
        }
        catch (DicomFormatException problem)
        {
            // It names tag path and offset; the text of an exception never repeats a value.
            Log.StoredObjectUnreadable(log, problem.Message);
            await AnswerAsync(
                context, StatusCodes.Status500InternalServerError, "The stored object cannot be read: " + problem.Message);
        }
        catch (Exception defect)
        {
            Log.RequestFailed(log, defect);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "The request failed in this program.");
        }
    }

    internal static bool IsDicomWeb(PathString path) =>
        path.StartsWithSegments(DicomWebEndpoints.Root, StringComparison.OrdinalIgnoreCase);

    private static async Task AnswerAsync(HttpContext context, int status, string sentence)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(sentence + "\n"), CancellationToken.None);
    }
}
