using System.Diagnostics;
using System.Globalization;
using System.Net;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.TestKit.Hostile;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Hostile;

/// <summary>One <c>clinicalsuite serve</c> with short timers, seen from outside: what it answers, what /proc says of it.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    public const string Title = "SCP";
    public const int MostOfOneAddress = 32;
    public const double Timer = 5;

    /// <summary>Where those call from who must be served whatever the others do: the limits go by address.</summary>
    public static readonly IPAddress Bystander = IPAddress.Parse("127.0.0.2");

    private readonly string folder;
    private readonly ServingAppliance serving;

    private ServedProcess(string folder, ServingAppliance serving)
    {
        this.folder = folder;
        this.serving = serving;
    }

    public int Port => serving.DicomPort;

    public Uri Web => serving.Web;

    public string Log => serving.Log;

    /// <summary>The longest that a fresh C-ECHO took so far.</summary>
    public TimeSpan SlowestEcho { get; private set; }

    /// <summary>Peak resident memory so far, bytes.</summary>
    public long PeakMemory => Status("VmHWM:");

    /// <summary>Resident memory now, bytes.</summary>
    public long Memory => Status("VmRSS:");

    /// <summary>Open sockets: connections, and the few listeners.</summary>
    public int Sockets => Handles.Count(file => file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    private IEnumerable<FileInfo> Handles => new DirectoryInfo($"/proc/{serving.ProcessId}/fd").EnumerateFiles();

    /// <param name="timer">Of each wait, seconds.</param>
    public static async Task<ServedProcess> StartAsync(double timer = Timer)
    {
        var folder = Directory.CreateTempSubdirectory("clinicalsuite-hostile-").FullName;
        var settings = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "aet": "{{Title}}", "accept": ["ANY"],
              "associations": {
                "most": 100, "mostOfOneAddress": {{MostOfOneAddress}},
                "requestSeconds": {{timer}}, "idleSeconds": {{timer}}, "messageSeconds": {{timer}}, "writeSeconds": {{timer}}, "closeSeconds": {{timer}}
              }
            }
            """));
        return new ServedProcess(folder, await ServingAppliance.StartAsync(Path.Combine(folder, "data"), "--settings", settings));
    }

    /// <summary>A fresh association, C-ECHO, release, in a second; from an address of its own.</summary>
    public async Task AssertEchoAsync(string after)
    {
        var clock = Stopwatch.StartNew();
        await using var peer = await RawPeer.ConnectAsync(Port, Bystander);
        await peer.SendAsync(RawPdu.AssociateRequest(Title, "BYSTANDER"));
        var accept = await peer.ReadPduAsync();
        Assert.True(accept is [2, ..], $"not accepted after {after}");
        await peer.SendAsync(RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()));
        var answer = await peer.ReadPduAsync();
        Assert.True(answer is [4, ..], $"no answer after {after}");
        await peer.SendAsync(RawPdu.ReleaseRequest);
        Assert.Equal(RawPdu.ReleaseResponse, await peer.ReadPduAsync());
        SlowestEcho = clock.Elapsed > SlowestEcho ? clock.Elapsed : SlowestEcho;
        Assert.True(clock.Elapsed < Promptness.Limit, $"C-ECHO took {clock.Elapsed.TotalSeconds:0.00} s after {after}");
    }

    /// <summary>As many associations as one address may have, all at the same time.</summary>
    public async Task AssertEverySlotIsFreeAsync()
    {
        var peers = new List<RawPeer>();
        for (var i = 0; i < MostOfOneAddress; i++)
        {
            var peer = await RawPeer.ConnectAsync(Port);
            peers.Add(peer);
            await peer.SendAsync(RawPdu.AssociateRequest(Title));
            Assert.True(await peer.ReadPduAsync() is [2, ..], $"slot {i} of {MostOfOneAddress} is still taken");
        }

        foreach (var peer in peers)
        {
            await peer.SendAsync(RawPdu.ReleaseRequest);
            Assert.Equal(RawPdu.ReleaseResponse, await peer.ReadPduAsync());
            await peer.DisposeAsync();
        }
    }

    public Task<string> UntilLogAsync(string text) => serving.UntilLogAsync(text);

    /// <summary>SIGTERM ends it in order: whatever it went through, it is whole.</summary>
    public Task<int> StopAsync() => serving.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await serving.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private long Status(string name)
    {
        var line = File.ReadLines($"/proc/{serving.ProcessId}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(
            line[name.Length..].Trim().Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
