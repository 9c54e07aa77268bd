using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Store;
using Microsoft.Net.Http.Headers;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>WADO-RS: the instances of a study or series, or one of them (PS3.18 10.4.1.1), as files.</summary>
internal static class RetrieveInstances
{
    private const string Single = DicomMediaTypes.Dicom;
    private const string Parts = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

    internal static async Task<IResult> Get(HttpContext context, Conversion conversion)
    {
        var objects = await Address.FindAsync(context);
        if (objects.Count == 0)
        {
            return Answer.NotFound;
        }

        foreach (var range in Accepted.By(context.Request))
        {
            var isSingle = range.Name == Single;
            if ((isSingle && Address.Of(context)!.InstanceUid is null) || !MediaType.Takes(range.Content, Single))
            {
                continue;
            }

            var asked = Accepted.TransferSyntax(context.Request, range);
            var plan = objects.Select(stored => (stored, SyntaxFor(conversion, stored, asked))).ToList();
            if (plan.TrueForAll(one => one.Item2 is not null))
            {
                return isSingle
                    ? await SingleAsync(context, conversion, plan[0].stored, plan[0].Item2!)
                    : await PartsAsync(context, conversion, plan!);
            }
        }

        return Answer.NotAcceptable(Parts, Single + " (one instance)");
    }

    /// <summary>
    /// The syntax to send an object in; null where that which was asked for cannot be made. Without a name explicit VR little
    /// endian is meant (PS3.18 8.7.3.5.2), but what nobody can decode goes as it is.
    /// </summary>
    private static string? SyntaxFor(Conversion conversion, StoredObject stored, string? asked)
    {
        var from = conversion.SyntaxOf(stored);
        if (asked == "*")
        {
            return from;
        }

        var to = asked ?? DicomUID.ExplicitVRLittleEndian;
        return Conversion.IsPossible(from, to) ? to : asked is null ? from : null;
    }

    /// <summary>One file. As it is stored it can be had in ranges.</summary>
    private static async Task<IResult> SingleAsync(HttpContext context, Conversion conversion, StoredObject stored, string syntax)
    {
        var type = $"{Single}; transfer-syntax={syntax}";
        Keep(context);
        if (syntax == conversion.SyntaxOf(stored))
        {
            return Results.File(
                conversion.PathOf(stored), type, entityTag: new EntityTagHeaderValue($"\"{stored.Sha256}\""),
                enableRangeProcessing: true);
        }

        context.Response.ContentType = type;
        await conversion.WriteAsync(stored, syntax, context.Response.Body, context.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> PartsAsync(
        HttpContext context, Conversion conversion, List<(StoredObject Stored, string Syntax)> plan)
    {
        var (body, cancellation) = (context.Response.Body, context.RequestAborted);
        var writer = new MultipartWriter(body);
        Keep(context);
        context.Response.ContentType = writer.ContentType(Single);
        foreach (var (stored, syntax) in plan)
        {
            await writer.BeginAsync(
                $"{Single}; transfer-syntax={syntax}", Address.UrlOf(context.Request, stored), cancellation);
            if (syntax == conversion.SyntaxOf(stored))
            {
                await context.Response.SendFileAsync(conversion.PathOf(stored), cancellation);
            }
            else
            {
                await conversion.WriteAsync(stored, syntax, body, cancellation);
            }
        }

        await writer.EndAsync(cancellation);
        return Results.Empty;
    }

    /// <summary>An object never changes, but who asks again must still be allowed to see it.</summary>
    internal static void Keep(HttpContext context) => context.Response.Headers.CacheControl = "private, no-cache";
}
