using Microsoft.Extensions.DependencyInjection;

namespace ClinicalSuite.Pipeline.Delivery;

public static class DeliveryRegistration
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, DeliverySettings settings)
    {
        services.AddSingleton(settings);
        services.AddHostedService<DeliveryWorker>();
        return services;
    }
}
