using ClinicalSuite.Server.Settings;
using Microsoft.AspNetCore.Antiforgery;

namespace ClinicalSuite.Server.Texts;

/// <summary>The reader's language: a cookie, else the appliance's setting.</summary>
internal static class LanguageChoice
{
    private const string Cookie = "language";

    internal static IServiceCollection AddWords(this IServiceCollection services) => services
        .AddHttpContextAccessor()
        .AddScoped(p =>
        {
            var chosen = p.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request.Cookies[Cookie];
            return new Words(chosen ?? p.GetRequiredService<ApplianceSettings>().Language);
        });

    internal static void MapLanguage(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/language", async (HttpContext context, IAntiforgery antiforgery) =>
        {
            await antiforgery.ValidateRequestAsync(context);
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            context.Response.Cookies.Append(
                Cookie, form["language"] == "zh" ? "zh" : "en", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
            var back = form["back"].ToString();
            return Results.LocalRedirect(back is ['/'] or ['/', not ('/' or '\\'), ..] ? back : "/");
        }).AllowAnonymous();
}
