using ClinicalSuite.Store;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>What an address of DICOMweb names: a study, a series or an instance.</summary>
internal sealed record Address(string? StudyUid, string? SeriesUid, string? InstanceUid)
{
    internal const string Studies = "/studies";
    internal const string Study = Studies + "/{study}";
    internal const string Series = Study + "/series/{series}";
    internal const string Instance = Series + "/instances/{instance}";

    /// <summary>The UIDs of the route; null where one of them is none (PS3.5 9.1): nothing can have such a name.</summary>
    internal static Address? Of(HttpContext context)
    {
        var address = new Address(
            context.GetRouteValue("study") as string, context.GetRouteValue("series") as string,
            context.GetRouteValue("instance") as string);
        return IsUid(address.StudyUid) && IsUid(address.SeriesUid) && IsUid(address.InstanceUid) ? address : null;
    }

    /// <summary>The objects that the address names; empty where there is none.</summary>
    internal static async Task<IReadOnlyList<StoredObject>> FindAsync(HttpContext context) =>
        Of(context) is { StudyUid: { } study } address
            ? await context.RequestServices.GetRequiredService<ArchiveCatalogue>()
                .ObjectsAsync(study, address.SeriesUid, address.InstanceUid, context.RequestAborted)
            : [];

    /// <summary>The absolute address of an object, as this request's host is called.</summary>
    internal static string UrlOf(HttpRequest request, string study, string? series = null, string? instance = null) =>
        $"{request.Scheme}://{request.Host}{DicomWebEndpoints.Root}/studies/{study}"
        + (series is null ? "" : $"/series/{series}") + (instance is null ? "" : $"/instances/{instance}");

    internal static string UrlOf(HttpRequest request, StoredObject stored) =>
        UrlOf(request, stored.StudyUid, stored.SeriesUid, stored.SopInstanceUid);

    /// <summary>Null, where the route has none, is good.</summary>
    private static bool IsUid(string? text) =>
        text is null || (text.Length is > 0 and <= 64 && text.All(c => c == '.' || char.IsAsciiDigit(c)));
}
