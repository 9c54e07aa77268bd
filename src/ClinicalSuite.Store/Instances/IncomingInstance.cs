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
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private SafeFileHandle? file;
    private StoreOutcome? failure;
    private Task? flushing;

    internal IncomingInstance(InstanceArchive archive, string temporary, ReceivedInstance received, string? refusal)
    {
        this.archive = archive;
        this.received = received;
        this.temporary = temporary;
        failure = refusal is null ? null : new StoreOutcome.NoSpace(refusal);
        if (failure is null)
        {
            Attempt(() => file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write));
        }
    }

    /// <summary>Bytes of the file so far.</summary>
    public long Length { get; private set; }

    /// <summary>False once the disk has refused a part: only the commit is of use then.</summary>
    public bool IsWhole => failure is null;

    /// <summary>The file as far as it is written, so that its content can be checked before the commit.</summary>
    public string TemporaryPath => temporary;

    /// <summary>
    /// Takes the next part of the data set. Written by the calling thread: a part goes to the page cache in less time than
    /// another thread takes to wake up.
    /// </summary>
    public void Write(ReadOnlyMemory<byte> part)
    {
        if (failure is not null)
        {
            return;
        }

        Attempt(() =>
        {
            if (Length == 0)
            {
                RandomAccess.Write(file!, [received.FileHeader, part], 0);
                Length = received.FileHeader.Length;
            }
            else
            {
                RandomAccess.Write(file!, part.Span, Length);
            }

            Length += part.Length;
        });
        hash.AppendData(part.Span);
    }

    /// <summary>Starts to flush what is written, while the caller still checks the content; the commit waits for it.</summary>
    public void BeginFlush()
    {
        if (failure is null && flushing is null)
        {
            if (Length == 0)
            {
                Write(default);
            }

            flushing = archive.FlushAsync(file!);
        }
    }

    /// <summary>Makes the object durable. Only an outcome of Stored, AlreadyStored or ConflictKept allows success to be said.</summary>
    /// <param name="facts">What its header says, if it was read; else the register reads it later.</param>
    public async Task<StoreOutcome> CommitAsync(InstanceFacts? facts = null)
    {
        BeginFlush();
        if (failure is not null)
        {
            return failure;
        }

        try
        {
            await flushing!;
        }
        catch (IOException problem)
        {
            return failure = StoreOutcome.Of(problem);
        }

        file!.Dispose();
        return await archive.KeepAsync(temporary, new JournalEntry
        {
            SopInstanceUid = received.SopInstanceUid,
            SopClassUid = received.SopClassUid,
            TransferSyntaxUid = received.TransferSyntaxUid,
            AssociationId = received.AssociationId,
            HeaderLength = received.FileHeader.Length,
            Length = Length,
            DataSetSha256 = Convert.ToHexStringLower(hash.GetHashAndReset()),
            HeaderSha256 = Convert.ToHexStringLower(SHA256.HashData(received.FileHeader.Span)),
            Received = archive.Now,
            Facts = facts,
        });
    }

    /// <summary>Removes the temporary file unless it was kept.</summary>
    public async ValueTask DisposeAsync()
    {
        if (flushing is { IsCompletedSuccessfully: false })
        {
            await flushing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        hash.Dispose();
        if (file is not null)
        {
            file.Dispose();
            File.Delete(temporary);
        }
    }

    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (IOException problem)
        {
            failure = StoreOutcome.Of(problem);
        }
    }
}
