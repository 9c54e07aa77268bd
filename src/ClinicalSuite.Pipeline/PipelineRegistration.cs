using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Findings;
using ClinicalSuite.Pipeline.Assembly;
using ClinicalSuite.Pipeline.Delivery;
using ClinicalSuite.Pipeline.Execution;
using ClinicalSuite.Pipeline.Retention;
using ClinicalSuite.Pipeline.Routing;
using ClinicalSuite.Store;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicalSuite.Pipeline;

public static class PipelineRegistration
{
    /// <summary>
    /// Store, assembly, routing, execution and delivery. Intake is a connection handler and is added where the listeners are made.
    /// </summary>
    public static IServiceCollection AddPipeline(
        this IServiceCollection services, PipelineSettings settings, IReadOnlyList<IAnalysis> analyses)
    {
        services.AddStore(settings.Store);
        services.AddSingleton(settings);
        services.AddSingleton(analyses);
        services.AddSingleton<WorkerHealth>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<RoutePlan>();
        services.AddHostedService<AssemblyWorker>();
        services.AddSingleton(settings.Retention);
        services.AddSingleton<RetentionSweep>();
        services.AddHostedService<RetentionWorker>();
        services.AddExecution(settings);
        var delivery = new DeliverySettings
        {
            Pacs = settings.Pacs,
            Web = settings.Web,
            Ris = settings.Ris,
            Unidentified = settings.Unidentified,
            Client = new DicomClientOptions { CallingAeTitle = settings.AeTitle },
        };
        services.AddDelivery(delivery, settings.Workflow, settings.Tls?.Client ?? settings.Tls);
        return services;
    }
}
