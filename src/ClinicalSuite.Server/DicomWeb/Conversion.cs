using System.IO.Pipelines;
using ClinicalSuite.Dicom;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>Objects in another transfer syntax than they are stored in. Few at a time: decoded pixels take memory.</summary>
internal sealed class Conversion(StoreFolder folder) : IDisposable
{
    private static readonly PipeOptions Bounded = new(pauseWriterThreshold: 256 * 1024, resumeWriterThreshold: 128 * 1024);

    private readonly SemaphoreSlim turns = new(Math.Max(4, 2 * Environment.ProcessorCount));

    public void Dispose() => turns.Dispose();

    /// <summary>The syntax in which an object is stored.</summary>
    internal string SyntaxOf(StoredObject stored) => stored.TransferSyntaxUid.Length > 0
        ? stored.TransferSyntaxUid
        : DicomFile.Open(PathOf(stored), DicomReadOptions.HeaderOnly).TransferSyntax.Uid;

    internal string PathOf(StoredObject stored) => folder.Absolute(stored.Path);

    /// <summary>True where an object in one syntax can be written in another.</summary>
    internal static bool IsPossible(string from, string to) => from == to
        || ((IsNative(from) || DicomPixelData.CanDecodeFrom(DicomTransferSyntax.Of(from)))
            && (IsNative(to) || DicomPixelData.CanEncode(DicomTransferSyntax.Of(to))));

    /// <summary>Writes the file of an object in a syntax that <see cref="IsPossible"/> allows.</summary>
    /// <exception cref="DicomFormatException">The stored file is damaged; nothing was written then.</exception>
    internal async Task WriteAsync(StoredObject stored, string syntaxUid, Stream target, CancellationToken cancellation)
    {
        var syntax = DicomTransferSyntax.Of(syntaxUid);
        using var turn = await TakeTurnAsync(cancellation);
        var file = DicomFile.Open(PathOf(stored));
        var dataset = syntax.IsEncapsulated ? DicomPixelData.Encode(file.Dataset, syntax) : Native(file);
        await PumpAsync(stream => DicomFile.Create(dataset, syntax).Save(stream, syntax), target, cancellation);
    }

    /// <summary>Waits for one of the few places; disposing gives it back.</summary>
    internal async Task<IDisposable> TakeTurnAsync(CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation);
        return new Turn(turns);
    }

    private static bool IsNative(string syntaxUid) =>
        DicomTransferSyntax.Of(syntaxUid) is { IsEncapsulated: false, IsLittleEndian: true };

    private static DicomDataset Native(DicomFile file) =>
        file.Dataset.TryGetElement(DicomTag.PixelData, out var pixels) && pixels is DicomFragmentSequence
            ? DicomPixelData.Decode(file.Dataset)
            : file.Dataset;

    /// <summary>What is written in one go flows to an answer that takes it piece by piece.</summary>
    private static async Task PumpAsync(Action<Stream> write, Stream target, CancellationToken cancellation)
    {
        var pipe = new Pipe(Bounded);
        var writing = Task.Run(
            () =>
            {
                // Disposing ends the pipe in good and bad; what went wrong comes out where the task is awaited.
                using var stream = pipe.Writer.AsStream();
                write(stream);
            },
            CancellationToken.None);
        try
        {
            await pipe.Reader.CopyToAsync(target, cancellation);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
