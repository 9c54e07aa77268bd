using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.StorageCommitment;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>Asks a PACS whether it has the objects of one run: by storage commitment, or by C-FIND at image level.</summary>
internal sealed class DicomProof(
    WorkflowSettings settings, DeliverySettings delivery, DeliveryProofBook book, CommitmentService reports, TimeProvider time)
{
    private const string LetItReport = "Let the PACS report storage commitments to our AE title, address and port, then send again; "
        + "or set proof to find.";

    private static readonly string[] Native = [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian];

    /// <summary>Asks once; each row is in exactly one outcome.</summary>
    /// <param name="settle">Gets rows with what was seen of them.</param>
    public async Task ProveAsync(
        DicomDestination pacs, IReadOnlyList<Store.Delivery> rows,
        Func<IReadOnlyList<Store.Delivery>, ProofOutcome, Task> settle, CancellationToken cancellation)
    {
        var policy = settings.PolicyOf(pacs.Name);
        if (await AskAsync(pacs, policy, rows, settle, cancellation))
        {
            // On an association of its own: Orthanc aborts the one on which somebody it does not know asks for commitment.
            await AskAsync(pacs, ProofPolicy.Find, rows, settle, cancellation);
        }
    }

    /// <returns>True: nothing was settled, and the PACS may be queried.</returns>
    private async Task<bool> AskAsync(
        DicomDestination pacs, ProofPolicy policy, IReadOnlyList<Store.Delivery> rows,
        Func<IReadOnlyList<Store.Delivery>, ProofOutcome, Task> settle, CancellationToken cancellation)
    {
        var services = new ServiceTable();
        reports.OfferReports(services);
        var opening = await DicomClient.OpenAsync(
            new DicomPeer(pacs.AeTitle, pacs.Host, pacs.Port), Contexts(policy),
            settings.Client with { Services = services, Tls = pacs.Tls ? delivery.Tls!.To(pacs.Host) : null }, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            var end = ((AssociationOpening.Failed)opening).End;
            await settle(rows, new ProofOutcome.Later($"no association: {end.Describe()}"));
            return false;
        }
        await using (client)
        {
            return await AskAsync(client, policy, rows, settle, cancellation);
        }
    }

    /// <summary>What is proposed to ask under a policy.</summary>
    public static IReadOnlyList<ProposedContext> Contexts(ProofPolicy policy)
    {
        // Verification too: an association without any accepted context would be refused by some.
        List<string> classes = [DicomUID.Verification];
        if (policy != ProofPolicy.Find)
        {
            classes.Add(CommitmentService.SopClass);
        }
        if (policy != ProofPolicy.Commitment)
        {
            classes.Add(DicomUID.StudyRootQueryRetrieveInformationModelFind);
        }
        return [.. classes.Select((sopClass, index) => new ProposedContext((byte)((2 * index) + 1), sopClass, Native))];
    }

    private async Task<bool> AskAsync(
        DicomClient client, ProofPolicy policy, IReadOnlyList<Store.Delivery> rows,
        Func<IReadOnlyList<Store.Delivery>, ProofOutcome, Task> settle, CancellationToken cancellation)
    {
        var offersCommitment = Offers(client, CommitmentService.SopClass);
        var offersFind = Offers(client, DicomUID.StudyRootQueryRetrieveInformationModelFind);
        var requests = await book.RequestsAsync(rows[0], cancellation);
        // A PACS that has left one request unanswered is asked in the other way where it has one.
        if (offersCommitment && requests.Count < (offersFind ? 1 : settings.MostRequests))
        {
            var refusal = await CommitAsync(client, rows);
            if (refusal is not null && offersFind)
            {
                return true;
            }
            await settle(rows, refusal ?? new ProofOutcome.Asked());
            return false;
        }
        if (offersFind)
        {
            await FindAsync(client, rows, settle, cancellation);
            return false;
        }
        await settle(rows, Unproved(policy, offersCommitment, requests.Count));
        return false;
    }

    private ProofOutcome Unproved(ProofPolicy policy, bool offersCommitment, int requests) => offersCommitment
        ? new ProofOutcome.Hopeless(
            $"{requests} requests for storage commitment, no report within {settings.ReportLimit.TotalMinutes:0.#} min",
            LetItReport)
        : policy == ProofPolicy.Auto
            ? new ProofOutcome.Settled(
                DeliveryProof.NotPossible, "the PACS offers neither storage commitment nor C-FIND to us")
            : new ProofOutcome.Hopeless(
                $"the PACS does not offer {(policy == ProofPolicy.Find ? "C-FIND" : "storage commitment")} to us",
                "Let the PACS offer it to our AE title, or set another proof for it.");

    private static bool Offers(DicomClient client, string sopClass) =>
        client.Contexts.Any(context => context.AbstractSyntax == sopClass && context.RequestorIsUser);

    /// <returns>Null when the PACS will report; else why not.</returns>
    private async Task<ProofOutcome?> CommitAsync(DicomClient client, IReadOnlyList<Store.Delivery> rows)
    {
        var request = new CommitmentRequest(
            DicomUID.FromSeed(Guid.NewGuid().ToString("N")),
            [.. rows.Select(row => new SopReference(row.Evidence!.SopClassUid, row.Evidence.SopInstanceUid))]);
        // Written down first: the report may come, on another association, before the answer to the request.
        await book.AskingAsync(rows, request.TransactionUid, Now() + settings.ReportLimit, CancellationToken.None);
        var sent = await client.RequestAsync(new NServiceRequest(
            CommandField.NActionRequest, CommitmentService.SopClass, DicomUID.StorageCommitmentPushModelInstance,
            request.ToDataset(), CommitmentRequest.ActionType));
        switch (sent)
        {
            case SendOutcome.Answered { Status: { IsSuccess: true } or { IsWarning: true } }:
                await book.AcceptedAsync(rows, request.TransactionUid, CancellationToken.None);
                await client.ServeOneAsync(settings.SameAssociation);
                return null;
            case SendOutcome.Answered { Status: var status }:
                return new ProofOutcome.Later($"the PACS answered the request for storage commitment with {status.Code:X4}H");
            case SendOutcome.Lost { End: var end }:
                return new ProofOutcome.Later($"the association was {end.Describe()}");
            default:
                throw new InvalidOperationException("unknown outcome");
        }
    }

    private static async Task FindAsync(
        DicomClient client, IReadOnlyList<Store.Delivery> rows,
        Func<IReadOnlyList<Store.Delivery>, ProofOutcome, Task> settle, CancellationToken cancellation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var series in rows.GroupBy(row => (row.StudyUid, row.Evidence!.SeriesUid)))
        {
            var sent = await client.FindAsync(
                DicomUID.StudyRootQueryRetrieveInformationModelFind, Identifier(series.Key.StudyUid, series.Key.SeriesUid),
                match =>
                {
                    found.Add(match.DataSet?.GetStringOrEmpty(DicomTag.SOPInstanceUID) ?? "");
                    return true;
                },
                cancellation);
            if (sent is not SendOutcome.Answered { Status.IsSuccess: true })
            {
                await settle(rows, new ProofOutcome.Later(sent is SendOutcome.Answered { Status: var status }
                    ? $"the PACS answered the query with {status.Code:X4}H" : "the association was lost during the query"));
                return;
            }
        }
        var seen = rows.Where(row => found.Contains(row.Evidence!.SopInstanceUid)).ToList();
        var missing = rows.Except(seen).ToList();
        if (seen.Count > 0)
        {
            await settle(seen, new ProofOutcome.Settled(DeliveryProof.Find, "found there by C-FIND at image level"));
        }
        if (missing.Count > 0)
        {
            await settle(missing, new ProofOutcome.Missing("not found by C-FIND at image level"));
        }
    }

    private static DicomDataset Identifier(string study, string series) => new DicomDataset()
        .AddOrUpdate(DicomTag.QueryRetrieveLevel, "IMAGE")
        .AddOrUpdate(DicomTag.StudyInstanceUID, study)
        .AddOrUpdate(DicomTag.SeriesInstanceUID, series)
        .AddOrUpdate(DicomTag.SOPInstanceUID, "");

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
