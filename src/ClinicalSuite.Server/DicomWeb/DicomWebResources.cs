using ClinicalSuite.Dicom;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>The addresses and attributes of the web services, for those who describe them.</summary>
public static class DicomWebResources
{
    public const int UsualResults = SearchRequest.UsualLimit;
    public const int MostResults = SearchRequest.MostResults;
    public const int MostStoring = StoreLimit.Most;

    /// <summary>What a search returns without being asked for it.</summary>
    public static IReadOnlyList<(string Level, IReadOnlyList<DicomTag> Tags)> Returned { get; } =
    [
        ("Study", SearchRequest.StudyReturns), ("Series", SearchRequest.SeriesReturns), ("Instance", SearchRequest.InstanceReturns),
    ];

    /// <summary>Each resource of a host that was built, with its method, in the order in which they are mapped.</summary>
    public static IReadOnlyList<(string Method, string Path)> Of(IEndpointRouteBuilder host) =>
    [
        .. host.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith(DicomWebEndpoints.Root, StringComparison.Ordinal) is true)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => (method, endpoint.RoutePattern.RawText!)))
            .Distinct(),
    ];
}
