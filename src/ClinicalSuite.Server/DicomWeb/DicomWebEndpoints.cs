using ClinicalSuite.Pipeline.Intake.QueryRetrieve;
using ClinicalSuite.Server.Access;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>The addresses of DICOMweb (PS3.18 10.4 to 10.6): the whole service is this list.</summary>
internal static class DicomWebEndpoints
{
    internal const string Root = "/dicom-web";

    internal static void MapDicomWeb(this IEndpointRouteBuilder routes, ApplianceSettings settings)
    {
        var web = routes.MapGroup(Root).RequireAuthorization(AccessPolicies.DicomWebRead);
        foreach (var target in (string[])[Address.Study, Address.Series, Address.Instance])
        {
            web.MapGet(target, RetrieveInstances.Get);
            web.MapGet(target + "/metadata", RetrieveMetadata.Get);
            web.MapGet(target + "/thumbnail", RetrieveRendered.Thumbnail);
        }

        web.MapGet(Address.Instance + "/rendered", RetrieveRendered.Get);
        web.MapGet(Address.Instance + "/frames/{frames}", RetrieveFrames.Get);
        web.MapGet(Address.Instance + "/frames/{frames}/rendered", RetrieveRendered.Get);
        web.MapGet(Address.Instance + "/frames/{frames}/thumbnail", RetrieveRendered.Thumbnail);
        web.MapGet(Address.Instance + "/bulkdata/{**path}", RetrieveBulkData.Get);
        web.MapGet(Address.Studies, SearchArchive.Studies);
        web.MapGet("/series", SearchArchive.Series);
        web.MapGet("/instances", SearchArchive.Instances);
        web.MapGet(Address.Study + "/series", SearchArchive.Series);
        web.MapGet(Address.Study + "/instances", SearchArchive.Instances);
        web.MapGet(Address.Series + "/instances", SearchArchive.Instances);
        if (settings.Roles.Contains(ApplianceRole.Intake))
        {
            var store = routes.MapGroup(Root).RequireAuthorization(AccessPolicies.DicomWebWrite);
            store.MapPost(Address.Studies, StoreInstances.Post);
            store.MapPost(Address.Study, StoreInstances.Post);
        }
    }

    internal static IServiceCollection AddDicomWeb(this IServiceCollection services) =>
        services.AddSingleton<Conversion>().AddSingleton<ArchiveSearch>().AddSingleton<StoreLimit>();
}
