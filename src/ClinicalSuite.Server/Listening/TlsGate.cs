using System.Buffers;
using System.Net;
using System.Security.Authentication;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ClinicalSuite.Server.Listening;

/// <summary>
/// What stands before and after Kestrel's TLS: strangers and failed handshakes are named in the log, a frozen one holds nothing but
/// its own place for as long as the settings say.
/// </summary>
internal sealed class TlsGate(
    TlsSettings settings, CertificateReloading certificates, CustodyTimeline custody, AuditTrail audit, LineAllowance allowance,
    TimeProvider time, ILogger<TlsGate> log)
{
    private readonly HandshakePlaces places = new();

    public void Stand(ListenOptions listener, TlsPort port)
    {
        listener.Use(next => connection => BeforeAsync(connection, next, port));
        listener.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = settings.HandshakeLimit,
            OnConnection = context => ValueTask.FromResult(Options(context, port)),
        });
        listener.Use(next => connection =>
        {
            Complete(connection);
            return next(connection);
        });
    }

    private async Task BeforeAsync(ConnectionContext connection, ConnectionDelegate next, TlsPort port)
    {
        var address = AddressOf(connection);
        if (!places.TryEnter(address))
        {
            Log.HandshakesFull(log, address.ToString());
            connection.Abort();
            return;
        }

        var handshake = new Handshake(address);
        connection.Features.Set(handshake);
        try
        {
            if (await IsHandshakeAsync(connection, handshake, port))
            {
                await next(connection);
            }
        }
        finally
        {
            Complete(connection, isOver: true);
        }

        if (!handshake.IsComplete && handshake.Refusal.Length > 0)
        {
            await WriteAsync(address.ToString(), port, handshake.Refusal);
        }
    }

    /// <summary>In the log always. On the page only what a machine was refused for: a browser's doubts are its user's to see.</summary>
    private async Task WriteAsync(string peer, TlsPort port, string refusal)
    {
        Log.HandshakeFailed(log, peer, port.Speaks, refusal);
        if (port.IsMutual && allowance.Take())
        {
            await custody.WriteAsync("", CustodyStage.Intake, CustodySeverity.Warning,
                $"A TLS connection from {peer} ({port.Speaks}) did not come about.", refusal,
                "Look at the certificates and the TLS settings of both sides.");
            await audit.WriteAsync("", peer, "refuse", port.Speaks, false, refusal, CancellationToken.None);
        }
    }

    /// <summary>Looks at the first bytes and leaves them; a stranger is answered and let go.</summary>
    private async ValueTask<bool> IsHandshakeAsync(ConnectionContext connection, Handshake handshake, TlsPort port)
    {
        using var limit = new CancellationTokenSource(settings.HandshakeLimit, time);
        try
        {
            var first = await FirstBytesAsync(connection, limit.Token);
            var protocol = ForeignProtocols.Recognize(first);
            if (protocol == ForeignProtocol.Tls)
            {
                handshake.Refusal = $"it was broken off, or not finished within {settings.HandshakeSeconds:0.###} s";
                return true;
            }

            if (protocol != ForeignProtocol.None)
            {
                handshake.Refusal = $"{ForeignProtocols.Describe(protocol)} came to the TLS port";
                await connection.Transport.Output.WriteAsync(
                    ForeignProtocols.Refusal(protocol, port.Speaks + " over TLS"), limit.Token);
            }
            else if (first.Length > 0)
            {
                handshake.Refusal = "what came is no TLS";
            }
        }
        catch (OperationCanceledException)
        {
            handshake.Refusal = $"nothing came for {settings.HandshakeSeconds:0.###} s";
            connection.Abort();
        }
        catch (Exception lost) when (lost is IOException or ConnectionAbortedException)
        {
            // Gone before it said anything: a look whether the port is open.
        }

        return false;
    }

    private static async ValueTask<byte[]> FirstBytesAsync(ConnectionContext connection, CancellationToken limit)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync(limit);
            if (result.Buffer.Length >= ForeignProtocols.FirstBytes || result.IsCompleted)
            {
                var first = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, ForeignProtocols.FirstBytes)).ToArray();
                input.AdvanceTo(result.Buffer.Start);
                return first;
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private System.Net.Security.SslServerAuthenticationOptions Options(TlsHandshakeCallbackContext context, TlsPort port)
    {
        var handshake = context.Connection.Features.Get<Handshake>()!;
        var offered = context.ClientHelloInfo.SslProtocols;
        if ((offered & (SslProtocols.Tls12 | SslProtocols.Tls13)) == 0 && offered != SslProtocols.None)
        {
            handshake.Refusal = "it offers TLS 1.1 or older only";
        }

        var options = TlsServer.Options(certificates.Current, port.IsMutual, refusal => handshake.Refusal = refusal);
        if (port.IsMutual)
        {
            options.ApplicationProtocols = []; // else Kestrel would offer those of HTTP
        }

        return options;
    }

    private void Complete(ConnectionContext connection, bool isOver = false)
    {
        if (connection.Features.Get<Handshake>() is not { } handshake)
        {
            return;
        }

        connection.Features.Set<Handshake>(null);
        handshake.IsComplete = !isOver;
        places.Leave(handshake.Address);
    }

    private static IPAddress AddressOf(ConnectionContext connection) =>
        (connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address ? IPAddress.None
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
