using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.StorageCommitment;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>Storage commitment of the demonstration's PACS: looks what it keeps and reports on an association of its own.</summary>
/// <param name="aeTitle">The PACS's own title.</param>
internal sealed class Commitments(string aeTitle, Archive archive) : IAsyncDisposable
{
    private const string SopClass = DicomUID.StorageCommitmentPushModel;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly List<Task> reporting = [];
    private readonly CancellationTokenSource closing = new();

    /// <summary>Who asks, and where it takes reports; commitment is offered once that is known.</summary>
    public DicomPeer? Requestor { get; set; }

    public ServiceTable Services => new ServiceTable().On(CommandField.NActionRequest, SopClass, TakeAsync);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        Task[] left;
        lock (reporting)
        {
            left = [.. reporting];
        }

        await Task.WhenAll(left);
        closing.Dispose();
    }

    private Task<DimseResponse> TakeAsync(DimseOperation operation)
    {
        if (!CommitmentRequest.TryRead(operation.DataSet ?? new DicomDataset(), out var request, out var problem))
        {
            return Task.FromResult(new DimseResponse(problem));
        }

        lock (reporting)
        {
            reporting.Add(ReportAsync(request));
        }

        return Task.FromResult(DimseResponse.Success);
    }

    /// <summary>Until the report is taken: whoever asked may be restarting.</summary>
    private async Task ReportAsync(CommitmentRequest request)
    {
        await Task.Yield();
        var kept = request.References.ToLookup(archive.Keeps);
        var report = new CommitmentReport(
            request.TransactionUid,
            [.. kept[true]],
            [.. kept[false].Select(reference => new CommitmentFailure(reference, CommitmentFailure.NoSuchObject))]);
        while (!closing.IsCancellationRequested && !await IsTakenAsync(report))
        {
            await Task.Delay(Pause, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsTakenAsync(CommitmentReport report)
    {
        var opening = await DicomClient.OpenAsync(
            Requestor!,
            [new ProposedContext(1, SopClass, [DicomUID.ExplicitVRLittleEndian])],
            new DicomClientOptions { CallingAeTitle = aeTitle, Roles = [new RoleSelection(SopClass, IsUser: false, IsProvider: true)] },
            closing.Token);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            return false;
        }

        await using (client)
        {
            // Any answer will do: one who no longer knows the transaction is not told again.
            return await client.RequestAsync(new NServiceRequest(
                CommandField.EventReportRequest, SopClass, DicomUID.StorageCommitmentPushModelInstance,
                report.ToDataset(), report.EventType)) is SendOutcome.Answered;
        }
    }
}
