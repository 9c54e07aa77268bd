using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Server.Access;

/// <summary>Headers on every answer, and the check of the Host header on an appliance that asks nobody to sign in.</summary>
internal static class RequestGuards
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    internal static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return next(context);
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
}
