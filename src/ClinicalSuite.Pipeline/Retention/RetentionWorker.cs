using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Retention;

/// <summary>Applies the rules from time to time, where the site has said that they shall be applied.</summary>
internal sealed class RetentionWorker(
    RetentionSweep sweep, RetentionSettings settings, TimeProvider time, ILogger<RetentionWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Apply || settings.Rules.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(settings.Every, time);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; a removal that was begun is completed at the next start.
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            var count = await sweep.RunAsync(
                settings.Rules, "retention", gone => Log.StudyRemoved(log, gone.StudyUid, gone.Instances, gone.Rule.ToString()), cancellation);
            if (count is null)
            {
                Log.RetentionPutOff(log);
            }
        }
#pragma warning disable CA1031 // a job boundary: the next sweep tries again, and intake goes on
        catch (Exception defect) when (defect is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.RetentionFailed(log, defect);
        }
    }
}
