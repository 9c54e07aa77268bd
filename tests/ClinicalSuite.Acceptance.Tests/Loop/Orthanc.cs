using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>Orthanc as the PACS, in a folder of its own.</summary>
internal sealed class Orthanc : IAsyncDisposable
{
    private const string Title = "ORTHANC";
    private const string DicomWebPlugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly HttpClient client;
    private readonly int dicomPort;

    private Orthanc(Process process, int dicomPort, int httpPort)
    {
        this.process = process;
        this.dicomPort = dicomPort;
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}/") };
    }

    /// <summary>As of <c>--pacs</c>.</summary>
    public string Destination => $"{Title}@127.0.0.1:{dicomPort}";

    /// <summary>As of <c>--dicomweb</c>.</summary>
    public Uri DicomWeb => new(client.BaseAddress!, "dicom-web");

    public static async Task<Orthanc> StartAsync(string folder)
    {
        var program = new[] { "/usr/sbin/Orthanc", "/usr/bin/Orthanc" }.FirstOrDefault(File.Exists);
        Assert.SkipUnless(program is not null, "Orthanc is not installed");
        Directory.CreateDirectory(folder);
        var (dicomPort, httpPort) = (FreePort(), FreePort());
        var settings = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new
        {
            Name = "test peer",
            StorageDirectory = folder,
            IndexDirectory = folder,
            HttpPort = httpPort,
            RemoteAccessAllowed = false,
            AuthenticationEnabled = false,
            DicomAet = Title,
            DicomPort = dicomPort,
            DicomAlwaysAllowStore = true,
            DicomAlwaysAllowFind = true,
            DicomAlwaysAllowGet = true,
            DicomAlwaysAllowMove = true,
            DefaultEncoding = "Utf8",
            Plugins = File.Exists(DicomWebPlugin) ? [DicomWebPlugin] : Array.Empty<string>(),
            DicomWeb = new { Enable = true, Root = "/dicom-web/" },
        }));
        var start = new ProcessStartInfo(program!, [settings]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["TCP_NODELAY"] = "1";
        var orthanc = new Orthanc(Process.Start(start)!, dicomPort, httpPort);
        orthanc.process.BeginErrorReadLine();
        orthanc.process.BeginOutputReadLine();
        await orthanc.UntilItAnswersAsync();
        return orthanc;
    }

    /// <summary>Orthanc's own number of an object, or null when it does not have it.</summary>
    public async Task<string?> FindAsync(string sopInstanceUid)
    {
        using var answer = await client.PostAsync("tools/lookup", new StringContent(sopInstanceUid));
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return found.EnumerateArray().Select(hit => hit.GetProperty("ID").GetString()).SingleOrDefault();
    }

    /// <summary>Makes a node known to Orthanc.</summary>
    public Task AddAsync(OrthancPeer peer, bool allowsCommitment = false) => SendAsync(
        HttpMethod.Put, $"modalities/{peer.AeTitle}",
        new { AET = peer.AeTitle, Host = "127.0.0.1", peer.Port, AllowStorageCommitment = allowsCommitment });

    /// <summary>Makes a DICOMweb service known to Orthanc.</summary>
    public Task AddWebAsync(string name, Uri root) =>
        SendAsync(HttpMethod.Put, $"dicom-web/servers/{name}", new { Url = root.AbsoluteUri });

    /// <summary>Lets Orthanc use a DICOMweb service that it knows: <c>stow</c>, <c>qido</c>, <c>retrieve</c>.</summary>
    public Task<JsonElement> UseWebAsync(string name, string service, object request) =>
        SendAsync(HttpMethod.Post, $"dicom-web/servers/{name}/{service}", request);

    /// <summary>Gives Orthanc a file by its own interface; its number of the object.</summary>
    public async Task<string> ImportAsync(string path)
    {
        using var answer = await client.PostAsync("instances", new ByteArrayContent(await File.ReadAllBytesAsync(path)));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("ID").GetString()!;
    }

    /// <summary>Lets Orthanc ask a peer for storage commitment of objects, and waits for the peer's report.</summary>
    public async Task<OrthancCommitment> RequestCommitmentAsync(
        string peer, IReadOnlyList<(string SopClass, string SopInstance)> objects)
    {
        var asked = await SendAsync(HttpMethod.Post, $"modalities/{peer}/storage-commitment",
            new { DicomInstances = objects.Select(o => new[] { o.SopClass, o.SopInstance }) });
        var path = "storage-commitment/" + asked.GetProperty("ID").GetString();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var report = await client.GetFromJsonAsync<JsonElement>(path);
            if (report.GetProperty("Status").GetString() != "Pending")
            {
                return OrthancCommitment.Read(report);
            }
            Assert.True(watch.Elapsed < Patience, "no report on the storage commitment");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Removes all studies.</summary>
    public async Task EmptyAsync()
    {
        foreach (var study in await client.GetFromJsonAsync<string[]>("studies") ?? [])
        {
            await client.DeleteAsync($"studies/{study}");
        }
    }

    /// <summary>Lets Orthanc query a peer by C-FIND.</summary>
    /// <returns>The query's name, and each answer as its simplified tags.</returns>
    public async Task<(string Query, IReadOnlyList<JsonElement> Answers)> QueryAsync(
        string peer, string level, Dictionary<string, string> keys)
    {
        var asked = await SendAsync(HttpMethod.Post, $"modalities/{peer}/query", new { Level = level, Query = keys });
        var query = asked.GetProperty("ID").GetString()!;
        var answers = await client.GetFromJsonAsync<JsonElement>($"queries/{query}/answers?expand&simplify");
        return (query, [.. answers.EnumerateArray()]);
    }

    /// <summary>Lets Orthanc fetch by C-MOVE to itself what a query has found.</summary>
    public Task RetrieveAsync(string query) =>
        SendAsync(HttpMethod.Post, $"queries/{query}/retrieve", new { TargetAet = Title, Synchronous = true });

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        // Its names are in capitals, as here: not the web's usual form.
        using var content = new StringContent(JsonSerializer.Serialize(body, body.GetType(), JsonSerializerOptions.Default));
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return json.RootElement.Clone();
    }

    /// <summary>The object as Orthanc serves it.</summary>
    public Task<byte[]> FileAsync(string id) => client.GetByteArrayAsync($"instances/{id}/file");

    /// <summary>The patient's name as Orthanc reads it.</summary>
    public async Task<string> PatientNameAsync(string id) =>
        (await client.GetFromJsonAsync<JsonElement>($"instances/{id}/simplified-tags")).GetProperty("PatientName").GetString()!;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task UntilItAnswersAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync("system");
                return;
            }
            catch (HttpRequestException)
            {
                await timer.WaitForNextTickAsync();
            }
        }

        Assert.Fail("Orthanc does not answer");
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
