using ClinicalSuite.Pipeline;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Health;

/// <summary>For watchdogs and load balancers: alive, and able to take in studies. Say nothing about patients; need no sign-in.</summary>
internal static class HealthEndpoints
{
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => Results.Json(new { status = "alive" })).AllowAnonymous();
        routes.MapGet("/ready", Ready).AllowAnonymous();
        routes.MapGet("/metrics", (MetricsPage page, CancellationToken cancellation) => page.GetAsync(cancellation));
    }

    private static async Task<IResult> Ready(
        StudyCatalogue catalogue, DiskSpace disk, StoreSettings settings, WorkerHealth health, IHostApplicationLifetime lifetime,
        HttpContext context)
    {
        var space = disk.Look();
        if (space.Level != DiskLevel.Full && (lifetime.ApplicationStopping.IsCancellationRequested || health.Failing.Count > 0))
        {
            return Results.Json(
                new { status = health.Failing.Count > 0 ? "failing" : "stopping", workers = health.Failing },
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        await catalogue.LatestAsync(1, context.RequestAborted);
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
