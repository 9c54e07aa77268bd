using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Server.Documents;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>WADO-RS: pictures for screens that know no DICOM (PS3.18 10.4.1.1.3, 10.4.1.1.4).</summary>
internal static class RetrieveRendered
{
    private const int ThumbnailPixels = 128;

    /// <summary>An instance, or one of its frames.</summary>
    internal static async Task<IResult> Get(HttpContext context, Conversion conversion)
    {
        var (viewport, complaint) = Viewport.Of(context.Request.Query);
        return viewport is null
            ? Answer.BadRequest(complaint!)
            : await ShowAsync(context, conversion, await Address.FindAsync(context) is [var one, ..] ? one : null, viewport);
    }

    /// <summary>One small picture; of a study or series that of the image in its middle.</summary>
    internal static async Task<IResult> Thumbnail(HttpContext context, Conversion conversion)
    {
        var (viewport, complaint) = Viewport.Of(context.Request.Query);
        if (viewport is null)
        {
            return Answer.BadRequest(complaint!);
        }

        var rendering = viewport.Rendering.MaximumColumns is null
            ? viewport.Rendering with { MaximumColumns = ThumbnailPixels, MaximumRows = ThumbnailPixels }
            : viewport.Rendering;
        return await ShowAsync(
            context, conversion, Middle(conversion, await Address.FindAsync(context)), viewport with { Rendering = rendering });
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, Conversion conversion, StoredObject? stored, Viewport viewport)
    {
        if (stored is null)
        {
            return Answer.NotFound;
        }

        if (Accepted.First(context.Request, DicomMediaTypes.Jpeg, DicomMediaTypes.Png) is not { } type)
        {
            return Answer.NotAcceptable(DicomMediaTypes.Jpeg, DicomMediaTypes.Png);
        }

        IReadOnlyList<int>? frames = null;
        if (context.GetRouteValue("frames") is string text && (frames = FrameList.Parse(text)) is not [_])
        {
            return Answer.BadRequest("One frame is rendered at a time: a number from 1.");
        }

        var file = DicomFile.Open(conversion.PathOf(stored));
        if (!FrameList.HasPixels(file.Dataset))
        {
            return Answer.Sentence(StatusCodes.Status404NotFound, "The instance has no pixels, and so no picture.");
        }

        var pixels = DicomPixelData.Create(file);
        var frame = frames?[0] ?? Representative(file.Dataset, pixels.NumberOfFrames);
        if (frame >= pixels.NumberOfFrames)
        {
            return Answer.Sentence(StatusCodes.Status404NotFound, $"The instance has {pixels.NumberOfFrames} frames.");
        }

        if (!pixels.CanDecode)
        {
            return Answer.Sentence(
                StatusCodes.Status406NotAcceptable, $"Pixel data in {file.TransferSyntax} cannot be decoded here.");
        }

        RetrieveInstances.Keep(context);
        using var turn = await conversion.TakeTurnAsync(context.RequestAborted);
        return Results.Bytes(Encode(pixels.RenderFrame(frame, viewport.Rendering), type, viewport.Quality), type);
    }

    internal static byte[] Encode(RenderedFrame picture, string type, int quality) => type == DicomMediaTypes.Png
        ? PngImage.Write(picture.Columns, picture.Rows, picture.Pixels.Span, picture.SamplesPerPixel)
        : JpegImage.Write(picture.Columns, picture.Rows, picture.SamplesPerPixel, picture.Pixels.Span, quality);

    /// <summary>The frame that its maker chose (0028,6010), else the one in the middle.</summary>
    private static int Representative(DicomDataset dataset, int frames) =>
        dataset.TryGetInt(DicomTag.RepresentativeFrameNumber, out var number) && number >= 1 && number <= frames
            ? number - 1
            : frames / 2;

    /// <summary>The object in the middle that has pixels, or the one nearest to it: few files are opened.</summary>
    private static StoredObject? Middle(Conversion conversion, IReadOnlyList<StoredObject> objects) => objects
        .Select((stored, at) => (Stored: stored, Distance: Math.Abs(at - (objects.Count / 2))))
        .OrderBy(one => one.Distance).Select(one => one.Stored).FirstOrDefault(stored => HasPixels(conversion, stored));

    private static bool HasPixels(Conversion conversion, StoredObject stored) =>
        FrameList.HasPixels(DicomFile.Open(conversion.PathOf(stored)).Dataset);
}
