using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline;

/// <summary>Lines of the outbox; ids 3400 to 3499.</summary>
internal static partial class Log
{
    [LoggerMessage(3400, LogLevel.Information,
        "run {Run}: {File} to {Destination}: {Outcome} in attempt {Attempt}: {Text}")]
    internal static partial void DeliverySettled(
        ILogger log, string run, string file, string destination, string outcome, int attempt, string text);

    [LoggerMessage(3401, LogLevel.Error, "delivery to {Destination} failed by a defect of this program")]
    internal static partial void DeliveryDefect(ILogger log, string destination, Exception defect);
}
