using ClinicalSuite.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>
/// Gives each run that has not ended a job: at every start (a job that was cut off may have lost its trigger), whenever
/// something changes, and now and then, because a job may end without its run: another worker had it and fell silent.
/// </summary>
internal sealed class RunScheduler(
    ISchedulerFactory factory, RunLedger ledger, ChangeFeed changes, WorkerHealth health, TimeProvider time,
    ILogger<RunScheduler> log)
    : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new WorkLoop("scheduling", changes, health, time, log);
        await loop.RunAsync(
            async cancellation =>
            {
                await ScheduleAsync(await factory.GetScheduler(cancellation), cancellation);
                return LongestSleep;
            },
            stoppingToken);
    }

    private async Task ScheduleAsync(IScheduler scheduler, CancellationToken cancellation)
    {
        foreach (var run in await ledger.UnfinishedAsync(cancellation))
        {
            var job = new JobKey(run, RunJob.Group);
            var trigger = new TriggerKey(run, RunJob.Group);
            if (await scheduler.Exists(trigger, cancellation))
            {
                continue;
            }

            try
            {
                await scheduler.ScheduleJob(
                    JobBuilder.Create<RunJob>().WithIdentity(job).Build(),
                    TriggerBuilder.Create().WithIdentity(trigger).StartNow().Build(),
                    cancellationToken: cancellation);
                Log.RunScheduled(log, run);
            }
            catch (ObjectAlreadyExistsException)
            {
                // Its job is at work: the trigger is gone while it fires.
            }
        }
    }
}
