using System.Net;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Delivery;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using DeliveryRow = ClinicalSuite.Store.Delivery;

namespace ClinicalSuite.Appliance.Tests.Delivery;

/// <summary>A run with finished objects in a real store, and workers on it.</summary>
internal sealed class Outbox : IAsyncDisposable
{
    public const string Study = "1.2.3";
    public const string Run = "0123456789abcdef0123456789abcdef";

    private readonly StoreFolder folder = new(Directory.CreateTempSubdirectory("outbox-").FullName);
    private readonly ChangeFeed changes = new();
    private readonly List<BackgroundService> workers = [];
    private readonly List<DicomListener> gates = [];

    private Outbox() => Databases = new ClinicDbFactory(folder, NullLoggerFactory.Instance);

    public ClinicDbFactory Databases { get; }

    public LogLines Log { get; } = new();

    public DeliveryOutbox Rows => new(Databases, changes, TimeProvider.System);

    public DeliveryProofBook Proofs => new(Databases, changes, TimeProvider.System);

    public string Folder => folder.Path;

    /// <summary>Pauses so short that a test with three attempts takes no time.</summary>
    public static DeliverySettings Settings => new()
    {
        FirstPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(50),
        Acknowledgement = TimeSpan.FromSeconds(2),
        MostAttempts = 3,
    };

    /// <summary>What C-STORE acknowledges is the end of it.</summary>
    public static WorkflowSettings Unproved { get; } = new()
    {
        Proofs = new Dictionary<string, ProofPolicy> { [WorkflowSettings.AnyDestination] = ProofPolicy.None },
    };

    public static async Task<Outbox> CreateAsync(IdentityTrust trust = IdentityTrust.AsReceived)
    {
        var outbox = new Outbox();
        outbox.folder.Prepare();
        await using var db = outbox.Databases.Create();
        await db.Database.MigrateAsync();
        db.Studies.Add(new Study { Uid = Study, IdentityTrust = trust });
        db.Runs.Add(new AnalysisRun
        {
            Id = Run,
            StudyUid = Study,
            AnalysisId = "test",
            AnalysisVersion = "1",
            InputHash = "1",
            Inputs = [new RunInput("image", "1.2.3.1", [1])],
            Created = DateTime.UtcNow,
        });
        await db.SaveChangesAsync();
        return outbox;
    }

    public Task AddObjectAsync(string destination, string instance, int ordinal, string sopClass = RawPdu.CtImage)
    {
        var path = Path.Combine("runs", instance + ".dcm");
        DicomFile.Create(new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, sopClass)
            .AddOrUpdate(DicomTag.SOPInstanceUID, instance)
            .AddOrUpdate(DicomTag.StudyInstanceUID, Study)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, "1.2.3.9")).Save(folder.Absolute(path));
        return AddAsync(destination, path, DeliveryKind.Dicom, EvidenceKind.StructuredReport, ordinal, instance, sopClass);
    }

    public Task AddOruAsync(string destination, string controlId)
    {
        var path = Path.Combine("runs", controlId + ".hl7");
        File.WriteAllText(folder.Absolute(path),
            $"MSH|^~\\&|SUITE|H|RIS|H|20260101000000||ORU^R01^ORU_R01|{controlId}|P|2.5.1|||||||UNICODE UTF-8\r"
            + "PID|1||P1\r");
        return AddAsync(destination, path, DeliveryKind.Oru, EvidenceKind.Oru, 9, "", "");
    }

    public DeliveryWorker Start(DeliverySettings settings, WorkflowSettings? workflow = null) => Started(new DeliveryWorker(
        settings, workflow ?? Unproved, Rows, folder, changes, new WorkerHealth(), TimeProvider.System, Log));

    /// <summary>Sends and proves.</summary>
    public ProofWorker StartProving(DeliverySettings settings, WorkflowSettings workflow)
    {
        Start(settings, workflow);
        return Prove(settings, workflow);
    }

    public ProofWorker Prove(DeliverySettings settings, WorkflowSettings workflow) => Started(new ProofWorker(
        settings, workflow, Proofs, Service(workflow), changes, new WorkerHealth(), TimeProvider.System, NullLogger<ProofWorker>.Instance));

    /// <summary>Where a PACS may report on storage commitments.</summary>
    public DicomPeer OpenGate(WorkflowSettings workflow)
    {
        var services = new ServiceTable();
        Service(workflow).OfferReports(services);
        var gate = DicomListener.Start(new IPEndPoint(IPAddress.Loopback, 0), new ServiceClassProvider(
            new ReportsOnly(), new TestPacs.Nothing(), AssociationLimits.Default, TimeProvider.System, services));
        gates.Add(gate);
        return new DicomPeer("SUITE", "127.0.0.1", gate.Port);
    }

    private CommitmentService Service(WorkflowSettings workflow) => new(
        new CommitmentDesk(Databases, changes, TimeProvider.System), Proofs,
        new AuditTrail(Databases, TimeProvider.System), workflow, TimeProvider.System);

    private T Started<T>(T worker)
        where T : BackgroundService
    {
        workers.Add(worker);
        worker.StartAsync(CancellationToken.None);
        return worker;
    }

    public async Task<List<DeliveryRow>> DeliveriesAsync()
    {
        await using var db = Databases.Create();
        return await db.Deliveries.AsNoTracking().Include(d => d.Evidence)
            .OrderBy(d => d.Evidence!.Ordinal).ToListAsync();
    }

    public async Task<List<CustodyEvent>> CustodyAsync()
    {
        await using var db = Databases.Create();
        return await db.CustodyEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync();
    }

    /// <summary>Waits, without polling, until all rows are as wanted.</summary>
    public async Task<List<DeliveryRow>> UntilAsync(Func<DeliveryRow, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var listening = changes.ListenAsync(limit.Token).GetAsyncEnumerator(CancellationToken.None);
        while (true)
        {
            // Listening begins before looking, so that no change falls between the two.
            var change = listening.MoveNextAsync().AsTask();
            var rows = await DeliveriesAsync();
            if (rows.All(wanted))
            {
                await limit.CancelAsync();
                await Task.WhenAny(change);
                await listening.DisposeAsync();
                return rows;
            }
            await change;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }
        foreach (var gate in gates)
        {
            await gate.DisposeAsync();
        }
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Path, recursive: true);
    }

    private async Task AddAsync(
        string destination, string path, DeliveryKind kind, EvidenceKind what, int ordinal, string instance,
        string sopClass)
    {
        await using var db = Databases.Create();
        var evidence = new EvidenceObject
        {
            RunId = Run,
            StudyUid = Study,
            Ordinal = ordinal,
            Kind = what,
            FileName = Path.GetFileName(path),
            Path = path,
            Sha256 = "",
            SopInstanceUid = instance,
            SopClassUid = sopClass,
            SeriesUid = "1.2.3.9",
        };
        evidence.Deliveries.Add(new DeliveryRow
        {
            RunId = Run,
            StudyUid = Study,
            Destination = destination,
            Kind = kind,
            Created = DateTime.UtcNow,
        });
        db.Evidence.Add(evidence);
        await db.SaveChangesAsync();
        changes.Notify(Study);
    }

    private sealed class ReportsOnly : IAssociationPolicy
    {
        public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer) => new AssociationDecision.Accept(
            new SupportedServices().With(CommitmentService.SopClass, DicomUID.ExplicitVRLittleEndian)
                .WithRequestorAsProvider(CommitmentService.SopClass));
    }
}
