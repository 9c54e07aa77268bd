using System.Collections.Concurrent;
using ClinicalSuite.Server.DicomWeb;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Access;

/// <summary>
/// Writes who saw or did what. An open page that keeps itself up to date asks again and again: of those the first of ten
/// minutes is written, and so of the instances of a series that a viewer fetches one by one; a request that a person makes always is.
/// </summary>
internal sealed class AccessAudit(RequestDelegate next, AuditTrail trail, TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private const int LongestPath = 300;
    private static readonly TimeSpan RefreshesMergedFor = TimeSpan.FromMinutes(10);
    private static readonly object AccountKey = new();
    private static readonly object DeniedKey = new();
    private static readonly object NoteKey = new();
    private readonly RefusalTally strangers = new(time);
    private readonly ConcurrentDictionary<(string Actor, string Address, string Path), DateTimeOffset> seen = new();

    /// <summary>Says for which account a sign-in was tried: the request itself has none yet.</summary>
    public static void Tried(HttpContext context, string account) => context.Items[AccountKey] = account;

    /// <summary>Says that the answer, though a redirection to the form, is a refusal.</summary>
    public static void Denied(HttpContext context) => context.Items[DeniedKey] = true;

    /// <summary>Adds to the detail what the path does not say: ids, never a patient.</summary>
    public static void Note(HttpContext context, string what) => context.Items[NoteKey] = what;

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            if (IsAudited(path))
            {
                await WriteAsync(context, path.ToString(), status);
            }
        }
    }

    private static bool IsAudited(PathString path) =>
        !path.StartsWithSegments("/lib", StringComparison.Ordinal)
        && !path.StartsWithSegments("/live", StringComparison.Ordinal)
        && path.Value is not ("/site.css" or "/icon.svg" or "/health" or "/ready" or "/language" or "/favicon.ico" or "/Problem");

    private static string Action(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? "read"
        : request.Path.StartsWithSegments("/SignIn", StringComparison.OrdinalIgnoreCase) ? "sign-in"
        : request.Path.StartsWithSegments("/sign-out", StringComparison.OrdinalIgnoreCase) ? "sign-out"
        : DicomWebProblems.IsDicomWeb(request.Path) ? "store"
        : "change";

    /// <summary>The StudyInstanceUID where the path names one.</summary>
    private static string Subject(HttpRequest request)
    {
        var parts = request.Path.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(parts, "studies");
        var uid = at is 0 or 1 && parts.Length > at + 1 ? parts[at + 1] : request.Query["uid"].ToString();
        return uid.Length <= 64 && uid.All(c => char.IsAsciiDigit(c) || c == '.') ? uid : "";
    }

    private async Task WriteAsync(HttpContext context, string path, int status)
    {
        var actor = context.Items[AccountKey] as string
            ?? (context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : "anonymous");
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (IsRepeated(context, (actor, address, MergedPath(path)), status))
        {
            return;
        }

        var handler = context.Request.Query["handler"].ToString();
        var detail = $"{context.Request.Method} {(path.Length <= LongestPath ? path : path[..LongestPath])} "
            + $"{(handler.Length is > 0 and <= 40 ? handler + " " : "")}{status}";
        var isDenied = context.Items.ContainsKey(DeniedKey);
        var isSuccess = status < 400 && !isDenied;
        foreach (var (stranger, more) in strangers.TakeEnded())
        {
            await trail.WriteAsync(
                "anonymous", stranger, "refuse", "", false, $"{more} more requests refused within a minute", CancellationToken.None);
        }

        // Tries of a password are limited already, and each is told.
        var isCounted = !isSuccess && context.User.Identity is not { IsAuthenticated: true }
            && (Action(context.Request) != "sign-in" || status == StatusCodes.Status429TooManyRequests);
        if (isCounted && !strangers.IsFirst(address))
        {
            return;
        }

        if (isDenied)
        {
            detail += " denied";
        }

        if (context.Items[NoteKey] is string note)
        {
            detail += $" {note}";
        }

        await trail.WriteAsync(
            actor, address, Action(context.Request), Subject(context.Request), isSuccess, detail, CancellationToken.None);
    }

    /// <summary>A viewer asks for each frame by itself: they are one look at a series.</summary>
    private static string MergedPath(string path)
    {
        var at = DicomWebProblems.IsDicomWeb(path) ? path.IndexOf("/instances/", StringComparison.Ordinal) : -1;
        return at < 0 ? path : path[..at];
    }

    private bool IsRepeated(HttpContext context, (string, string, string Path) key, int status)
    {
        var now = time.GetUtcNow();
        var isRefresh = status < 400
            && (context.Request.Headers.ContainsKey("X-Refresh") || key.Path != context.Request.Path);
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
