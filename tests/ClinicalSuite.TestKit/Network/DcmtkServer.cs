using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ClinicalSuite.TestKit.Network;

/// <summary>A dcmtk program that listens (storescp, dcmqrscp, wlmscpfs), until it is disposed.</summary>
public sealed class DcmtkServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private DcmtkServer(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    /// <param name="arguments">Gets a free port and gives the arguments.</param>
    public static async Task<DcmtkServer> StartAsync(string program, Func<int, string[]> arguments)
    {
        var port = FreePort();
        var process = Dcmtk.Start(program, arguments(port));
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new DcmtkServer(process, port);
        await server.UntilItListensAsync(program);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task UntilItListensAsync(string program)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && !process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await timer.WaitForNextTickAsync();
            }
        }
        Assert.Fail($"{program} does not listen");
    }
}
