namespace ClinicalSuite.Cli;

/// <summary>Waits until the program is told to stop.</summary>
internal static class Interrupt
{
    public static async Task WaitAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellation.Register(stopped.SetResult);
        await stopped.Task;
    }
}
