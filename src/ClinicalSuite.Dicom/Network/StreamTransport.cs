using System.IO.Pipelines;
using System.Net;

namespace ClinicalSuite.Dicom.Network;

/// <summary>A network stream (plain or TLS) as the pair of pipes that an association runs over.</summary>
internal sealed class StreamTransport(Stream stream, EndPoint? remote = null) : IDuplexPipe, IAsyncDisposable
{
    public EndPoint? Remote => remote;

    // One read takes what a socket buffer usually holds; the default of 4 kB would cost thirty calls for each image.
    public PipeReader Input { get; } = PipeReader.Create(
        stream, new StreamPipeReaderOptions(bufferSize: 65536, minimumReadSize: 16384, leaveOpen: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync().ConfigureAwait(false);
        // Not CompleteAsync of the output: it would write what is left to a peer that may never read it.
        Output.CancelPendingFlush();
        await stream.DisposeAsync().ConfigureAwait(false);
    }
}
