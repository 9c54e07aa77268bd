using Quartz;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>The scheduler's side of a run. The run's row, not the job, is the truth; the key of the job is the run's id.</summary>
[DisallowConcurrentExecution]
internal sealed class RunJob(RunExecution execution) : IJob
{
    public const string Group = "runs";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await execution.ExecuteAsync(context.JobDetail.Key.Name, cancellationToken);
}
