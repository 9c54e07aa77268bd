using Microsoft.AspNetCore.StaticFiles;

namespace ClinicalSuite.Server;

/// <summary>How long browsers keep styles and scripts: for ever under an address that changes with the content, else not unasked.</summary>
internal static class StaticFiles
{
    internal static void Keep(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl =
            file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
}
