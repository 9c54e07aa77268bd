using ClinicalSuite.Store.Instances;
using ClinicalSuite.Store.Queries;
using ClinicalSuite.Store.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClinicalSuite.Store;

public static class StoreRegistration
{
    /// <summary>Everything in the store; the database is migrated when the host starts.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, StoreSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(_ =>
        {
            var folder = new StoreFolder(settings.DataFolder);
            folder.Prepare();
            return folder;
        });
        services.AddSingleton(p => new IngestJournal(p.GetRequiredService<StoreFolder>().JournalDatabase, settings.Flushes));
        services.AddSingleton(p => new DiskSpace(p.GetRequiredService<StoreFolder>(), settings.Watermarks));
        services.AddSingleton(p => new InstanceArchive(
            p.GetRequiredService<StoreFolder>(), p.GetRequiredService<IngestJournal>(), p.GetRequiredService<DiskSpace>(),
            p.GetRequiredService<TimeProvider>(), settings.Flushes));
        services.AddSingleton<StoreLock>();
        services.AddSingleton<ClinicDbFactory>();
        services.AddScoped(p => p.GetRequiredService<ClinicDbFactory>().Create());
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<CustodyTimeline>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<StudyRegister>();
        services.AddSingleton<AssemblyBook>();
        services.AddSingleton<RunLedger>();
        services.AddSingleton<DeliveryOutbox>();
        services.AddSingleton<DeliveryProofBook>();
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton<CommitmentDesk>();
        services.AddSingleton<AnnouncementBook>();
        services.AddSingleton<StudyCatalogue>();
        services.AddSingleton<RetentionBook>();
        services.AddSingleton<ArchiveCatalogue>();
        services.AddSingleton<StoreCensus>();
        services.AddHostedService<StoreStartup>();
        return services;
    }
}
