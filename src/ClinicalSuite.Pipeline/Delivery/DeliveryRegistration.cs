using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Delivery;

public static class DeliveryRegistration
{
    /// <param name="tls">What we show and trust where a destination is called over TLS.</param>
    public static IServiceCollection AddDelivery(
        this IServiceCollection services, DeliverySettings settings, WorkflowSettings workflow, CertificateFiles? tls = null)
    {
        services.AddSingleton(provider => tls is null ? settings : settings with
        {
            Tls = new OutgoingTls(new CertificateReloading(
                tls, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CertificateReloading>>())),
        });
        services.AddWorkflow(workflow, tls);
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<ProofWorker>();
        services.AddHostedService<AnnouncingWorker>();
        return services;
    }
}
