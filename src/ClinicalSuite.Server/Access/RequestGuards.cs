using ClinicalSuite.Server.DicomWeb;
using ClinicalSuite.Server.Settings;
using Microsoft.Net.Http.Headers;

namespace ClinicalSuite.Server.Access;

/// <summary>Headers on every answer, and the check of the Host header on an appliance that asks nobody to sign in.</summary>
internal static class RequestGuards
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>Set when the answer starts, so that an error page has them too; what a document sets itself stays.</summary>
    internal static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "SAMEORIGIN";
            // Not no-referrer: browsers then send forms with the origin null.
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            headers.TryAdd(HeaderNames.ContentSecurityPolicy, ContentSecurityPolicy);
            // The workstation of a reading room is shared: what was seen stays in no cache. Files that name no patient say otherwise.
            headers.TryAdd(HeaderNames.CacheControl, "no-store");
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>
    /// A page elsewhere can make a browser open a WebSocket or send a form here; the browser says where it comes from. What only
    /// reads is left to the browser's own rule that such a page sees no answer.
    /// </summary>
    internal static void UseSameOrigin(this IApplicationBuilder app, ApplianceSettings settings) => app.Use((context, next) =>
    {
        var request = context.Request;
        var isRead = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !request.Path.StartsWithSegments("/live", StringComparison.OrdinalIgnoreCase);
        var origin = request.Headers.Origin.ToString();
        if (isRead || origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}" || IsProblem(request.Path)
            || CrossOrigin.IsAllowed(request, settings))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>Whoever may read need not be one who may change: a machine's token opens no form.</summary>
    internal static void UseChangesByAdministrator(this IApplicationBuilder app, ApplianceSettings settings) => app.Use((context, next) =>
    {
        var request = context.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!settings.NeedsSignIn || isRead || context.User.IsInRole(AccessPolicies.AdministratorRole)
            || IsForEveryone(request.Path))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>
    /// Without a sign-in the loopback address is the only gate, and a web page elsewhere can send a browser through it under a
    /// name of its own (DNS rebinding): only loopback names are answered.
    /// </summary>
    internal static void UseLoopbackNames(this IApplicationBuilder app, ApplianceSettings settings)
    {
        if (settings.NeedsSignIn)
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]")
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// The sign-in, the choice of the language, the handshake of the live connection (it only listens), DICOMweb (its scopes say who
    /// may store), the page of an error.
    /// </summary>
    private static bool IsForEveryone(PathString path) =>
        path.StartsWithSegments("/SignIn", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/language", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/live", StringComparison.OrdinalIgnoreCase)
        || DicomWebProblems.IsDicomWeb(path)
        || IsProblem(path);

    private static bool IsProblem(PathString path) => path.StartsWithSegments("/Problem", StringComparison.OrdinalIgnoreCase);
}
