using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.StorageCommitment;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>Storage commitment of the demonstration's PACS: looks what it keeps and reports on an association of its own.</summary>
/// <param name="aeTitle">The PACS's own title.</param>
internal sealed class Commitments(string aeTitle, Archive archive) : IAsyncDisposable
{
    private const string SopClass = DicomUID.StorageCommitmentPushModel;

    private readonly List<Task> reporting = [];

    /// <summary>Who asks, and where it takes reports; nobody is told anything before that is known.</summary>
    public DicomPeer? Requestor { get; set; }

    public ServiceTable Services => new ServiceTable().On(CommandField.NActionRequest, SopClass, TakeAsync);

    public async ValueTask DisposeAsync()
    {
        Task[] left;
        lock (reporting)
        {
            left = [.. reporting];
        }

        await Task.WhenAll(left);
    }

    private Task<DimseResponse> TakeAsync(DimseOperation operation)
    {
        if (Requestor is not { } requestor || operation.DataSet is null)
        {
            return Task.FromResult(new DimseResponse(DimseStatus.ProcessingFailure("nobody to report to")));
        }

        if (!CommitmentRequest.TryRead(operation.DataSet, out var request, out var problem))
        {
            return Task.FromResult(new DimseResponse(problem));
        }

        lock (reporting)
        {
            reporting.Add(ReportAsync(requestor, request));
        }

        return Task.FromResult(DimseResponse.Success);
    }

    private async Task ReportAsync(DicomPeer requestor, CommitmentRequest request)
    {
        await Task.Yield();
        var kept = request.References.ToLookup(archive.Keeps);
        var report = new CommitmentReport(
            request.TransactionUid,
            [.. kept[true]],
            [.. kept[false].Select(reference => new CommitmentFailure(reference, CommitmentFailure.NoSuchObject))]);
        var opening = await DicomClient.OpenAsync(
            requestor,
            [new ProposedContext(1, SopClass, [DicomUID.ExplicitVRLittleEndian])],
            new DicomClientOptions { CallingAeTitle = aeTitle, Roles = [new RoleSelection(SopClass, IsUser: false, IsProvider: true)] },
            CancellationToken.None);
        if (opening is AssociationOpening.Opened { Client: var client })
        {
            await using (client)
            {
                await client.RequestAsync(new NServiceRequest(
                    CommandField.EventReportRequest, SopClass, DicomUID.StorageCommitmentPushModelInstance,
                    report.ToDataset(), report.EventType));
            }
        }
    }
}
