using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Health;

/// <summary>For watchdogs and load balancers: alive, and able to take in studies. Say nothing about patients; need no sign-in.</summary>
internal static class HealthEndpoints
{
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => Results.Json(new { status = "alive" })).AllowAnonymous();
        routes.MapGet("/ready", Ready).AllowAnonymous();
    }

    private static async Task<IResult> Ready(StudyCatalogue catalogue, DiskSpace disk, StoreSettings settings, HttpContext context)
    {
        await catalogue.LatestAsync(1, context.RequestAborted);
        var space = disk.Look();
        return Results.Json(
            new
            {
                status = space.Level switch { DiskLevel.Full => "disk-full", DiskLevel.Low => "disk-low", _ => "ready" },
                freeBytes = space.FreeBytes,
                totalBytes = space.TotalBytes,
                isDurable = settings.Flushes,
            },
            statusCode: space.Level == DiskLevel.Full ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
