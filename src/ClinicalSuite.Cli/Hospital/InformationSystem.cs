using System.Collections.Concurrent;
using ClinicalSuite.Hl7.Mllp;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A RIS for demonstrations: writes each message down and accepts it.</summary>
/// <param name="folder">Gets <c>MSH-10.hl7</c> for each.</param>
internal sealed class InformationSystem(string folder)
{
    private readonly ConcurrentQueue<string> received = new();

    /// <summary>Paths in the order of arrival.</summary>
    public IReadOnlyList<string> Received => [.. received];

    public async ValueTask<Acknowledgement> TakeAsync(ReceivedMessage message, CancellationToken cancellation)
    {
        var name = new string([.. message.Message.ControlId.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')]);
        var path = Path.Combine(folder, (name.Trim('.').Length > 0 ? name : "message") + ".hl7");
        await File.WriteAllBytesAsync(path, message.Bytes, cancellation);
        received.Enqueue(path);
        return Acknowledgement.Accept;
    }
}
