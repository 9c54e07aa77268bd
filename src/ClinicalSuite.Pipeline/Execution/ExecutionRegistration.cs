using ClinicalSuite.Store;
using ClinicalSuite.Store.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ClinicalSuite.Pipeline.Execution;

internal static class ExecutionRegistration
{
    /// <summary>The scheduler keeps its tables in the clinic's database: one file, one backup, comparable after a crash.</summary>
    public static void AddExecution(this IServiceCollection services, PipelineSettings settings)
    {
        services.AddSingleton<RunOrder>();
        services.AddSingleton<ResultRecord>();
        services.AddSingleton<RunExecution>();
        services.AddTransient<RunJob>();
        var database = new StoreFolder(settings.Store.DataFolder).ClinicDatabase;
        services.AddQuartz(q =>
        {
            // Runs queued by another process are seen within a second, not thirty.
            q.ConfigureScheduler(o => (o.InstanceName, o.IdleWaitTime) = ("clinic", TimeSpan.FromSeconds(1)));
            q.UseDefaultThreadPool(pool => pool.MaxConcurrency = settings.ConcurrentRuns);
            q.UsePersistentStore(store =>
            {
                store.ConfigureStore(o => o.StoreJobDataAsStrings = true);
                store.UseSqlite(PragmaSqliteFactory.Instance, ClinicDbFactory.LiteConnectionText(database));
                store.ProvisionSchema();
                store.UseSystemTextJsonSerializer();
            });
        });

        // Started with the host and not after it: the scheduler first clears away the triggers of a process that was killed, and
        // RunScheduler, which comes next, must not take one of those for the job of its run.
        services.AddQuartzHostedService(o => (o.WaitForJobsToComplete, o.AwaitApplicationStarted) = (true, false));
        services.AddHostedService<RunScheduler>();
    }
}
