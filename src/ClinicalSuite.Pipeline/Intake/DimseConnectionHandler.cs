using System.Net;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Store.Instances;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// The DICOM port: Kestrel accepts (with or without TLS beneath), this carries each connection to its end.
/// </summary>
public sealed class DimseConnectionHandler : ConnectionHandler
{
    private readonly IntakeSettings settings;
    private readonly AllowList allowList;
    private readonly AssociationCounter counter;
    private readonly SenderSeats seats;
    private readonly SenderQuotas quotas;
    private readonly InstanceArchive archive;
    private readonly IntakeBook book;
    private readonly TimeProvider time;
    private readonly ILogger<DimseConnectionHandler> log;

    public DimseConnectionHandler(
        IntakeSettings settings, AllowList allowList, AssociationCounter counter, SenderSeats seats, SenderQuotas quotas,
        InstanceArchive archive, IntakeBook book, TimeProvider time, ILogger<DimseConnectionHandler> log)
    {
        this.settings = settings;
        this.allowList = allowList;
        this.counter = counter;
        this.seats = seats;
        this.quotas = quotas;
        this.archive = archive;
        this.book = book;
        this.time = time;
        this.log = log;
        if (settings.AcceptAnyone)
        {
            Log.AllowListOpen(log);
        }
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var peer = PeerOf(connection);
        var address = peer.Address ?? IPAddress.None;
        var place = counter.Enter(address);
        try
        {
            if (place == AssociationCounter.Place.Flooded)
            {
                Log.Flooded(log, peer.ToString());
                connection.Abort();
                return;
            }
            IAssociationPolicy policy =
                place == AssociationCounter.Place.Free ? allowList : new AssociationCounter.NoPlace();
            await ServeAsync(connection, peer, policy);
        }
        finally
        {
            counter.Leave(address, place);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, AssociationPeer peer, IAssociationPolicy policy)
    {
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            ?? CancellationToken.None;
        using var seat = seats.For(policy);
        var notes = new AssociationNotes(log);
        var store = new IntakeStore(archive, book, quotas, notes);
        var provider = new ServiceClassProvider(seat, store, settings.Limits, time, allowList.Handlers);
        AssociationReport? report = null;
        try
        {
            report = await provider.RunAsync(connection.Transport, peer, closing);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The host stops.
            connection.Abort();
        }
        catch (Exception defect)
        {
            // The connection loop may catch everything: the defect of one connection stays its own.
            Log.ConnectionFailed(log, peer.ToString(), defect);
            connection.Abort();
        }
        // However it ended: while an association stands open in the register, assembly waits for it.
        if (report is not null)
        {
            Let(connection, report.End);
            notes.Add(() => book.EndedAsync(report, store.Opened is not null));
        }
        else if (store.Opened is { } opened)
        {
            notes.Add(() => book.CutOffAsync(opened));
        }
        await notes.WrittenAsync();
    }

    /// <summary>
    /// The transport closes once all is sent, which a peer that reads nothing would put off for ever: its socket is then taken away.
    /// </summary>
    private void Let(ConnectionContext connection, AssociationEnd end)
    {
        if (end is AssociationEnd.Disconnected { IsStalled: true })
        {
            connection.Abort();
        }
        else if (end is AssociationEnd.AbortedHere)
        {
            _ = AbortSoonAsync(connection);
        }
    }

    /// <summary>Leaves the A-ABORT the time to be read.</summary>
    private async Task AbortSoonAsync(ConnectionContext connection)
    {
        await Task.Delay(settings.Limits.Close, time);
        connection.Abort();
    }

    private static AssociationPeer PeerOf(ConnectionContext connection) => new(
        (connection.RemoteEndPoint as IPEndPoint)?.Address is { } address
            ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : null,
        connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate
            ? TlsServer.Describe(certificate)
            : null);
}
