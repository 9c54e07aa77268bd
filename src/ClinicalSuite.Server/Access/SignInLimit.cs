using System.Threading.RateLimiting;

namespace ClinicalSuite.Server.Access;

/// <summary>How often one address may try a password; the account itself locks after five wrong ones.</summary>
internal static class SignInLimit
{
    internal const string Policy = "sign-in";

    /// <summary>Tries of one address within <see cref="Window"/>.</summary>
    internal const int Tries = 10;

    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    internal static IServiceCollection AddSignInLimit(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            AccessAudit.Tried(rejected.HttpContext, "not looked at");
            rejected.HttpContext.Response.Headers.RetryAfter = ((int)Window.TotalSeconds).ToString(null, null);
            return ValueTask.CompletedTask;
        };
        limits.AddPolicy(Policy, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = Tries, Window = Window, QueueLimit = 0 })
            : RateLimitPartition.GetNoLimiter(""));
    });
}
