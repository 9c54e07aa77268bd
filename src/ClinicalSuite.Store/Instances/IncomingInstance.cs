using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ClinicalSuite.Store.Instances;

/// <summary>
/// An object on its way in. A full or broken disk does not throw: the rest of the data set is taken and dropped, so that the
/// association stays in step, and the commit says what happened.
/// </summary>
public sealed class IncomingInstance : IAsyncDisposable
{
    private readonly InstanceArchive archive;
    private readonly ReceivedInstance received;
    private readonly string temporary;
    private readonly IncrementalHash dataSetHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash fileHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private SafeFileHandle? file;
    private StoreOutcome? failure;

    internal IncomingInstance(InstanceArchive archive, StoreFolder folder, ReceivedInstance received, string? freeSpaceProblem)
    {
        this.archive = archive;
        this.received = received;
        temporary = Path.Combine(folder.Incoming, Guid.NewGuid().ToString("N"));
        failure = freeSpaceProblem is null ? null : new StoreOutcome.NoSpace(freeSpaceProblem);
        if (failure is null)
        {
            Attempt(() =>
            {
                file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write);
                RandomAccess.Write(file, received.FileHeader.Span, 0);
            });
            fileHash.AppendData(received.FileHeader.Span);
            Length = received.FileHeader.Length;
        }
    }

    /// <summary>Bytes of the file so far.</summary>
    public long Length { get; private set; }

    /// <summary>False once the disk has refused a part: only the commit is of use then.</summary>
    public bool IsWhole => failure is null;

    /// <summary>The file as far as it is written, so that its content can be checked before the commit.</summary>
    public string TemporaryPath => temporary;

    /// <summary>Takes the next part of the data set.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellation)
    {
        if (failure is not null)
        {
            return;
        }

        try
        {
            await RandomAccess.WriteAsync(file!, part, Length, cancellation);
        }
        catch (IOException problem)
        {
            failure = Outcome(problem);
            return;
        }

        dataSetHash.AppendData(part.Span);
        fileHash.AppendData(part.Span);
        Length += part.Length;
    }

    /// <summary>Makes the object durable. Only an outcome of Stored, AlreadyStored or ConflictKept allows success to be said.</summary>
    public async Task<StoreOutcome> CommitAsync(CancellationToken cancellation)
    {
        if (failure is not null)
        {
            return failure;
        }

        try
        {
            await Task.Run(() => DurableFile.FlushContent(file!), cancellation);
            file!.Dispose();
            var dataSet = Convert.ToHexStringLower(dataSetHash.GetHashAndReset());
            var whole = Convert.ToHexStringLower(fileHash.GetHashAndReset());
            return await archive.KeepAsync(received, temporary, Length, dataSet, whole, cancellation);
        }
        catch (IOException problem)
        {
            return failure = Outcome(problem);
        }
    }

    /// <summary>Removes the temporary file unless it was kept.</summary>
    public ValueTask DisposeAsync()
    {
        file?.Dispose();
        File.Delete(temporary);
        dataSetHash.Dispose();
        fileHash.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (IOException problem)
        {
            failure = Outcome(problem);
        }
    }

    private static StoreOutcome Outcome(IOException problem) => DurableFile.IsNoSpace(problem)
        ? new StoreOutcome.NoSpace(problem.Message)
        : new StoreOutcome.DeviceFailed(problem.Message);
}
