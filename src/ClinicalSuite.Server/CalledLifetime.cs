namespace ClinicalSuite.Server;

/// <summary>
/// The caller starts and stops the host. The usual lifetime would answer SIGTERM by itself, beside the program that answers it too, and
/// then it could not be told whether the end was asked for.
/// </summary>
internal sealed class CalledLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
