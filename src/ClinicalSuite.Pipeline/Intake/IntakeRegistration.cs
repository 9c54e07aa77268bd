using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        return services;
    }
}
