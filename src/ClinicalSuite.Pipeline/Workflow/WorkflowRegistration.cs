using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Pipeline.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Workflow;

internal static class WorkflowRegistration
{
    /// <summary>What the gate and the delivery both need; the one that comes second adds nothing.</summary>
    public static IServiceCollection AddWorkflow(
        this IServiceCollection services, WorkflowSettings settings, CertificateFiles? tls)
    {
        services.TryAddSingleton(settings);
        services.TryAddSingleton<WorkerHealth>();
        services.TryAddSingleton(provider => new WorkflowTls(tls is null ? null : new OutgoingTls(new CertificateReloading(
            tls, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CertificateReloading>>()))));
        services.TryAddSingleton<CommitmentService>();
        services.AddHostedService<NotificationWorker>();
        return services;
    }

    /// <summary>Storage commitment, performed procedure steps and availability notifications on the DICOM port.</summary>
    public static IServiceCollection AddWorkflowServices(this IServiceCollection services)
    {
        services.AddSingleton<IDimseService>(p => p.GetRequiredService<CommitmentService>());
        services.AddSingleton<IDimseService, PerformedStepService>();
        services.AddSingleton<IDimseService, AvailabilityService>();
        services.AddHostedService<CommitmentWorker>();
        return services;
    }
}
