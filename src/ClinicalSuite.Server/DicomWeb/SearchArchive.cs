using System.Text.Json;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Pipeline.Intake.QueryRetrieve;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>QIDO-RS (PS3.18 10.6): studies, series and instances by their attributes.</summary>
internal static class SearchArchive
{
    internal static Task<IResult> Studies(HttpContext context, ArchiveSearch archive, ApplianceSettings settings) =>
        GetAsync(QueryLevel.Study, context, archive, settings);

    internal static Task<IResult> Series(HttpContext context, ArchiveSearch archive, ApplianceSettings settings) =>
        GetAsync(QueryLevel.Series, context, archive, settings);

    internal static Task<IResult> Instances(HttpContext context, ArchiveSearch archive, ApplianceSettings settings) =>
        GetAsync(QueryLevel.Image, context, archive, settings);

    private static async Task<IResult> GetAsync(
        QueryLevel level, HttpContext context, ArchiveSearch archive, ApplianceSettings settings)
    {
        if (Address.Of(context) is not { } address)
        {
            return Answer.BadRequest("A part of the address is no UID (PS3.5 9.1).");
        }

        var (request, complaint) = SearchRequest.Of(level, address, context.Request.Query);
        if (request is null)
        {
            return Answer.BadRequest(complaint!);
        }

        if (Accepted.First(context.Request, DicomMediaTypes.DicomJson, DicomMediaTypes.Json) is not { } type)
        {
            return Answer.NotAcceptable(DicomMediaTypes.DicomJson);
        }

        var warnings = ArchiveSearch.Ignored(level, request.Keys)
            .Select(tag => $"{DicomDictionary.KeywordOf(tag)} was not matched: it is no attribute of the level").ToList();
        List<DicomDataset> answers;
        try
        {
            answers = await FindAsync(context, archive, request);
        }
        catch (DicomFormatException problem) when (problem.File is null)
        {
            return Answer.BadRequest($"A key cannot be read: {problem.TagPath} {problem.Reason}.");
        }

        if (answers.Count > request.Limit)
        {
            answers.RemoveAt(request.Limit);
            warnings.Add("There are more results; ask for them with offset");
        }

        warnings.ForEach(text => context.Response.Headers.Append("Warning", $"299 {settings.AeTitle} \"{text}\""));
        if (answers.Count == 0)
        {
            return Results.NoContent();
        }

        context.Response.ContentType = type;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartArray();
        foreach (var answer in answers)
        {
            DicomJson.Write(answer, writer);
            await writer.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
        await writer.FlushAsync(context.RequestAborted);
        return Results.Empty;
    }

    /// <summary>One more than the limit, if there is one: it tells that the answer is cut.</summary>
    private static async Task<List<DicomDataset>> FindAsync(HttpContext context, ArchiveSearch archive, SearchRequest request)
    {
        var answers = new List<DicomDataset>();
        var at = 0;
        var options = new QueryOptions(CombinesDateAndTime: true, request.IsFuzzy);
        await foreach (var record in archive.FindAsync(
            request.Level, request.Keys, options, request.IsWhole, context.RequestAborted))
        {
            if (at++ < request.Offset)
            {
                continue;
            }

            answers.Add(request.Answer(record, context.Request));
            if (answers.Count > request.Limit)
            {
                break;
            }
        }

        return answers;
    }
}
