using ClinicalSuite.Store.Instances;
using ClinicalSuite.Store.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Store;

/// <summary>
/// Makes the store ready before anything listens or works: migrations, then what a killed process left open.
/// StartingAsync runs before the StartAsync of every other hosted service, the listeners and the scheduler among them.
/// </summary>
public sealed class StoreStartup(
    StoreFolder folder, StoreSettings settings, ClinicDbFactory databases, InstanceArchive archive, StudyRegister register,
    RunLedger runs, DeliveryOutbox outbox, DeliveryProofBook proofs, NotificationOutbox notifications, RetentionBook retention,
    ILogger<StoreStartup> log) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!settings.Flushes)
        {
            Log.NotDurable(log);
        }

        await using (var db = databases.Create())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        var leftovers = archive.RemoveLeftovers() + await retention.CompleteAsync();
        var associations = await register.CloseAbandonedAssociationsAsync(cancellationToken);
        var leases = await outbox.ReleaseLeasesAsync(cancellationToken);
        await proofs.ReleaseAsync(cancellationToken);
        await notifications.ReleaseLeasesAsync(cancellationToken);
        var abandoned = await runs.ReleaseRunningAsync(cancellationToken);
        Log.StoreReady(log, folder.Path, leftovers, associations, abandoned, leases);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
