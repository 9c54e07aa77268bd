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

    private static async Task<IResult> Ready(StudyCatalogue catalogue, StoreFolder folder, StoreSettings settings, HttpContext context)
    {
        await catalogue.LatestAsync(1, context.RequestAborted);
        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        var isReady = free > settings.ReserveBytes;
        return Results.Json(
            new { status = isReady ? "ready" : "disk-full", freeBytes = free },
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
