using ClinicalSuite.Pipeline.Assembly;
using ClinicalSuite.Pipeline.Intake.QueryRetrieve;
using ClinicalSuite.Pipeline.Tls;
using Microsoft.AspNetCore.Connections;
using ClinicalSuite.Pipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Intake;

public static class IntakeRegistration
{
    /// <summary>
    /// What <see cref="DimseConnectionHandler"/> needs; the listener itself is
    /// <c>listenOptions.UseConnectionHandler&lt;DimseConnectionHandler&gt;()</c>.
    /// </summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, IntakeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<AllowList>();
        services.AddSingleton<AssociationCounter>();
        services.TryAddSingleton<LineAllowance>();
        services.AddSingleton<SenderSeats>();
        services.AddSingleton<SenderQuotas>();
        services.AddSingleton<IntakeBook>();
        services.AddSingleton<WebIntake>();
        services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBuffers>();
        services.TryAddSingleton<Registrar>();
        services.AddSingleton<QueryBook>();
        services.AddSingleton<FindProvider>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RetrieveProvider>(
            provider, new MoveClient(settings, OutgoingTls(settings, provider), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<IDimseService, QueryRetrieveService>();
        services.AddWorkflow(settings.Workflow, settings.OutgoingTls).AddWorkflowServices();
        return services;
    }

    private static OutgoingTls? OutgoingTls(IntakeSettings settings, IServiceProvider provider) =>
        settings.OutgoingTls is not { } files
            ? null
            : new OutgoingTls(new CertificateReloading(
                files, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<CertificateReloading>>()));
}
