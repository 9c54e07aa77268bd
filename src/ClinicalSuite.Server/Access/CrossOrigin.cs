using ClinicalSuite.Server.DicomWeb;
using ClinicalSuite.Server.Settings;
using Microsoft.Net.Http.Headers;

namespace ClinicalSuite.Server.Access;

/// <summary>
/// Pages of other sites, such as a viewer's, that may use DICOMweb (the fetch standard's CORS). They show a token: the cookie of a
/// person who has signed in here is never sent along.
/// </summary>
internal static class CrossOrigin
{
    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The origin as browsers write it; null where the text is none. A wild card is none: each site is named.</summary>
    internal static string? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { Host.Length: > 0, UserInfo: "", PathAndQuery: "/", Fragment: "" } && !text.Contains('*', StringComparison.Ordinal)
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;

    /// <summary>True where the request is one of DICOMweb from a page of a site that the settings name.</summary>
    internal static bool IsAllowed(HttpRequest request, ApplianceSettings settings) =>
        DicomWebProblems.IsDicomWeb(request.Path)
        && settings.WebOrigins.Contains(request.Headers.Origin.ToString(), StringComparer.OrdinalIgnoreCase);

    internal static void UseCrossOrigin(this IApplicationBuilder app, ApplianceSettings settings)
    {
        if (settings.WebOrigins.Count == 0)
        {
            return;
        }

        app.UseWhen(context => DicomWebProblems.IsDicomWeb(context.Request.Path), web => web.UseCors(policy => policy
            .WithOrigins([.. settings.WebOrigins])
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .WithHeaders(
                HeaderNames.Accept, HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.Range, HeaderNames.IfNoneMatch,
                HeaderNames.CacheControl)
            .WithExposedHeaders(
                HeaderNames.ContentLocation, HeaderNames.ContentRange, HeaderNames.AcceptRanges, HeaderNames.ETag, HeaderNames.RetryAfter,
                HeaderNames.Warning, HeaderNames.WWWAuthenticate)
            .SetPreflightMaxAge(PreflightLifetime)));
    }
}
