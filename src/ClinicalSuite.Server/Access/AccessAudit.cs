using System.Collections.Concurrent;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Access;

/// <summary>
/// Writes who saw or did what. An open page that keeps itself up to date asks again and again: of those the first of ten
/// minutes is written; a request that a person makes always is.
/// </summary>
internal sealed class AccessAudit(RequestDelegate next, AuditTrail trail, TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan RefreshesMergedFor = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Actor, string Address, string Path), DateTimeOffset> seen = new();

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (!IsAudited(context.Request.Path))
        {
            return;
        }

        var actor = context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : "anonymous";
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var path = context.Request.Path.ToString();
        if (IsRepeatedRefresh(context, (actor, address, path)))
        {
            return;
        }

        var status = context.Response.StatusCode;
        await trail.WriteAsync(
            actor, address, Action(context.Request), Subject(path), status < 400, $"{context.Request.Method} {path} {status}",
            CancellationToken.None);
    }

    private static bool IsAudited(PathString path) =>
        !path.StartsWithSegments("/lib", StringComparison.Ordinal)
        && !path.StartsWithSegments("/live", StringComparison.Ordinal)
        && path.Value is not ("/site.css" or "/icon.svg" or "/health" or "/ready" or "/language" or "/favicon.ico");

    private static string Action(HttpRequest request) =>
        request.Path.StartsWithSegments("/SignIn", StringComparison.OrdinalIgnoreCase) ? "sign-in"
        : HttpMethods.IsPost(request.Method) ? "change"
        : "read";

    /// <summary>The StudyInstanceUID where the path names one.</summary>
    private static string Subject(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length >= 2 && parts[0] == "studies" ? parts[1] : "";
    }

    private bool IsRepeatedRefresh(HttpContext context, (string, string, string) key)
    {
        var now = time.GetUtcNow();
        var isRefresh = context.Request.Headers.ContainsKey("X-Refresh");
        var isRecent = seen.TryGetValue(key, out var last) && now - last < RefreshesMergedFor;
        if (isRefresh && isRecent)
        {
            return true;
        }

        if (seen.Count >= MostRemembered)
        {
            seen.Clear();
        }

        seen[key] = now;
        return false;
    }
}
