using ClinicalSuite.Store.Instances;
using ClinicalSuite.Store.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Store;

/// <summary>
/// Makes the store ready before anything listens or works: the locks of this process's roles, migrations, then what a killed
/// process of the same role left open. StartingAsync runs before the StartAsync of every other hosted service, the listeners and
/// the scheduler among them.
/// </summary>
public sealed class StoreStartup(
    StoreFolder folder, StoreSettings settings, StoreLock locks, ClinicDbFactory databases, InstanceArchive archive,
    StudyRegister register, RunLedger runs, DeliveryOutbox outbox, DeliveryProofBook proofs, NotificationOutbox notifications,
    RetentionBook retention, TimeProvider time, ILogger<StoreStartup> log) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        locks.Take();
        if (!settings.Flushes)
        {
            Log.NotDurable(log);
        }

        if (folder.IsOpenToOthers)
        {
            Log.FolderOpen(log, folder.Path);
        }

        await MigrateAsync(cancellationToken);
        var (leftovers, associations, leases, abandoned) = (0, 0, 0, 0);
        if (settings.Roles.Contains(StoreRole.Intake))
        {
            leftovers = archive.RemoveLeftovers();
            associations = await register.CloseAbandonedAssociationsAsync(cancellationToken);
        }

        if (settings.Roles.Contains(StoreRole.Work))
        {
            leftovers += await retention.CompleteAsync();
            leases = await outbox.ReleaseLeasesAsync(cancellationToken);
            await proofs.ReleaseAsync(cancellationToken);
            await notifications.ReleaseLeasesAsync(cancellationToken);
            abandoned = await runs.ReleaseRunningAsync(cancellationToken);
        }

        Log.StoreReady(log, folder.Path, leftovers, associations, abandoned, leases);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After every other service has stopped.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        locks.Release();
        return Task.CompletedTask;
    }

    /// <summary>
    /// EF Core's own lock is a row: a process that was killed while it migrated leaves it, and the next would wait for ever. Under
    /// a lock that ends with its process such a row is nobody's.
    /// </summary>
    private async Task MigrateAsync(CancellationToken cancellation)
    {
        using var mine = await locks.TakeMigrationAsync(time, cancellation);
        await using var db = databases.Create();
        await db.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        await db.Database.MigrateAsync(cancellation);
    }
}
