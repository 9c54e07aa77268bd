using System.Collections.Concurrent;
using ClinicalSuite.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Appliance.Tests.Delivery;

/// <summary>Keeps what a worker logs.</summary>
internal sealed class LogLines : ILogger<DeliveryWorker>
{
    private readonly ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception) + exception);
}
