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
        name = name.Trim('.').Length > 0 ? name : "message";
        var path = Path.Combine(folder, name + ".hl7");
        for (var n = 2; File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(message.Bytes.Span); n++)
        {
            // Another message under the same MSH-10 is kept beside: neither is lost.
            path = Path.Combine(folder, $"{name}-{n}.hl7");
        }

        await WriteAsync(path, message.Bytes, cancellation);
        received.Enqueue(path);
        return Acknowledgement.Accept;
    }

    /// <summary>On the device before it is accepted: the sender forgets it then.</summary>
    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        await using (var file = File.Create(partial))
        {
            await file.WriteAsync(bytes, cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }
}
