using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Appliance.Tests.Pipeline;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.DicomWeb;

/// <summary>The whole appliance on free ports, spoken to by HTTP alone.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    public const string Reader = "reader-token";
    public const string Writer = "writer-token";
    public const string Root = "dicom-web/";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-web-");
    private readonly WebApplication app;

    private WebHost(Func<ApplianceSettings, ApplianceSettings> change) => app = Server.Appliance.Build(
        change(new ApplianceSettings
        {
            DataFolder = Path.Combine(folder.FullName, "data"),
            HttpPort = 0,
            DicomPort = 0,
            ClinicHost = IPAddress.Loopback,
            QuietTime = TimeSpan.FromMinutes(30),
            LogLevel = LogLevel.Warning,
            Tokens = [Token(Reader, "read"), Token(Writer, "write")],
        }),
        TextWriter.Null);

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public IReadOnlyList<JournalEntry> Journal => Services.GetRequiredService<IngestJournal>().After(0, 10_000);

    public static async Task<WebHost> StartAsync(Func<ApplianceSettings, ApplianceSettings>? change = null)
    {
        var host = new WebHost(change ?? (settings => settings));
        await host.app.StartAsync(TestContext.Current.CancellationToken);
        host.Address = new Uri(
            Listeners.Addresses(host.Services).Single(l => l.Name == "web").Address, Root);
        host.Client = new HttpClient { BaseAddress = host.Address };
        return host;
    }

    /// <summary>Our own client of this very server.</summary>
    public DicomWebClient Dicom(string? token = null) => new(new DicomWebClientOptions
    {
        Root = Address,
        Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token),
    });

    public string Scratch(string name) => Path.Combine(folder.FullName, name);

    /// <summary>A slice of a small CT as a file; what is changed of it stands in the second argument.</summary>
    public string Write(
        SyntheticStudy study, int slice, Action<DicomDataset>? change = null, DicomTransferSyntax? syntax = null)
    {
        var dataset = study.Slice(slice);
        change?.Invoke(dataset);
        var path = Scratch($"{dataset.GetString(DicomTag.SOPInstanceUID)}-{Guid.NewGuid():N}.dcm");
        DicomFile.Create(dataset, syntax).Save(path);
        return path;
    }

    public Task<HttpResponseMessage> StowAsync(params string[] paths) => StowAsync("studies", paths);

    public async Task<HttpResponseMessage> StowAsync(string address, IReadOnlyList<string> paths) =>
        await PostAsync(address, [.. paths.Select(File.ReadAllBytes)]);

    public Task<HttpResponseMessage> PostAsync(string address, params byte[][] files)
    {
        using var body = new MemoryStream();
        foreach (var file in files)
        {
            body.Write(Encoding.ASCII.GetBytes("--cut\r\nContent-Type: application/dicom\r\n\r\n"));
            body.Write(file);
            body.Write("\r\n"u8);
        }

        body.Write("--cut--\r\n"u8);
        return PostBodyAsync(address, body.ToArray(), "multipart/related; type=\"application/dicom\"; boundary=cut");
    }

    public Task<HttpResponseMessage> PostBodyAsync(string address, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return Client.PostAsync(address, content);
    }

    /// <summary>An answer to GET with a certain Accept header.</summary>
    public Task<HttpResponseMessage> GetAsync(string address, string accept, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return Client.SendAsync(request);
    }

    public static async Task<DicomDataset> JsonAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/dicom+json", answer.Content.Headers.ContentType?.MediaType);
        return DicomJson.Parse(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The parts of an answer, each with its media type.</summary>
    public static async Task<List<(string Type, byte[] Content)>> PartsAsync(HttpResponseMessage answer)
    {
        var type = MediaType.Parse(answer.Content.Headers.ContentType!.ToString())!;
        Assert.Equal("multipart/related", type.Name);
        var reader = new MultipartReader(await answer.Content.ReadAsStreamAsync(), type["boundary"]);
        var parts = new List<(string, byte[])>();
        while (await reader.NextAsync(CancellationToken.None) is { } part)
        {
            using var content = new MemoryStream();
            await part.Content.CopyToAsync(content);
            parts.Add((part.ContentType!.ToString(), content.ToArray()));
        }

        return parts;
    }

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync() =>
        await Services.GetRequiredService<AuditTrail>().LatestAsync(1000, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static MachineToken Token(string token, string scope) => new(
        scope + " machine", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), [scope]);
}
