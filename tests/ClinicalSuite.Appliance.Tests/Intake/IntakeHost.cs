using System.Net;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using ClinicalSuite.TestKit.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Intake;

/// <summary>The real gate: Kestrel on a free port, the real store in a folder of its own.</summary>
internal sealed class IntakeHost : IAsyncDisposable
{
    public const string Title = "SUITE";
    public const string Modality = "MODALITY";

    private readonly WebApplication app;
    private readonly string folder = Directory.CreateTempSubdirectory("intake-").FullName;

    private IntakeHost(IntakeSettings settings, DiskWatermarks watermarks, string? data)
    {
        Data = data ?? Path.Combine(folder, "data");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddStore(new StoreSettings { DataFolder = Data, Watermarks = watermarks });
        builder.Services.AddIntake(settings);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, l => l.UseConnectionHandler<DimseConnectionHandler>()));
        app = builder.Build();
    }

    public string Data { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>For files of the test itself.</summary>
    public string Scratch => folder;

    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    public IReadOnlyList<JournalEntry> Journal => app.Services.GetRequiredService<IngestJournal>().After(0, 10_000);

    public static IntakeSettings Settings => new()
    {
        AeTitle = Title,
        Accept = [new(Modality), new("STORESCU", "127.0.0.1"), new("ELSEWHERE", "192.0.2.1")],
    };

    public static async Task<IntakeHost> StartAsync(
        IntakeSettings? settings = null, DiskWatermarks? watermarks = null, string? data = null)
    {
        var host = new IntakeHost(settings ?? Settings, watermarks ?? DiskWatermarks.None, data);
        await host.app.StartAsync();
        return host;
    }

    public Task StopAsync() => app.StopAsync();

    public Task<IReadOnlyList<CustodyEvent>> CustodyAsync() =>
        app.Services.GetRequiredService<CustodyTimeline>().OfStudyAsync("", 1000, CancellationToken.None);

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public Task<IReadOnlyList<AuditRecord>> AuditAsync() =>
        app.Services.GetRequiredService<AuditTrail>().LatestAsync(1000, CancellationToken.None);

    public async Task<DicomClient> OpenAsync(
        IReadOnlyList<ProposedContext> contexts, string calling = Modality, string called = Title,
        DicomClientOptions? options = null)
    {
        var opening = await DicomClient.OpenAsync(new(called, "127.0.0.1", Port), contexts,
            (options ?? new()) with { CallingAeTitle = calling }, CancellationToken.None);
        return Assert.IsType<AssociationOpening.Opened>(opening).Client;
    }

    public async Task AssertEchoAsync()
    {
        await using var client = await OpenAsync(ContextProposal.Verification);
        Assert.True(Assert.IsType<SendOutcome.Answered>(await client.EchoAsync()).Status.IsSuccess);
    }

    /// <summary>Sends files on one association and gives the answers.</summary>
    public async Task<List<DimseStatus>> SendAsync(params string[] paths)
    {
        var objects = paths.Select(StorageObject.Read).ToList();
        await using var client = await OpenAsync(ContextProposal.For(objects));
        var answers = new List<DimseStatus>();
        foreach (var item in objects)
        {
            answers.Add(Assert.IsType<SendOutcome.Answered>(await client.StoreAsync(item)).Status);
        }
        return answers;
    }

    public string WriteImage(string instance, byte fill = 0, string study = "1.2.3", int bytes = 10_000)
    {
        var path = Path.Combine(folder, $"{instance}-{fill}.dcm");
        DicomFile.Create(Image(instance, study)
            .AddOrUpdate(DicomTag.PixelData, [.. Enumerable.Repeat(fill, bytes)])).Save(path);
        return path;
    }

    public static DicomDataset Image(string instance, string study = "1.2.3") => new DicomDataset()
        .AddOrUpdate(DicomTag.SOPClassUID, RawPdu.CtImage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, instance)
        .AddOrUpdate(DicomTag.StudyInstanceUID, study)
        .AddOrUpdate(DicomTag.SeriesInstanceUID, study + ".1")
        .AddOrUpdate(DicomTag.PatientName, "Secret^Name")
        .AddOrUpdate(DicomTag.BitsAllocated, 16);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
