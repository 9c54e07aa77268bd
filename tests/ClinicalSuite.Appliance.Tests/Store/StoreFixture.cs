using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Store;

/// <summary>A store on real files in a folder of its own.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private StoreFixture(string path)
    {
        Folder = new StoreFolder(path);
        Folder.Prepare();
        Journal = new IngestJournal(Folder.JournalDatabase);
        Archive = new InstanceArchive(Folder, Journal, new DiskSpace(Folder, DiskWatermarks.None), TimeProvider.System);
        Databases = new ClinicDbFactory(Folder, NullLoggerFactory.Instance);
    }

    public StoreFolder Folder { get; }

    public IngestJournal Journal { get; }

    public InstanceArchive Archive { get; }

    public ClinicDbFactory Databases { get; }

    public ChangeFeed Changes { get; } = new();

    public RunLedger Runs => new(Databases, Changes, TimeProvider.System);

    public AssemblyBook Book => new(Databases, Changes);

    public DeliveryOutbox Outbox => new(Databases, Changes, TimeProvider.System);

    public StudyRegister Register => new(Databases, Changes, TimeProvider.System);

    public static async Task<StoreFixture> OpenAsync(string? path = null)
    {
        var store = new StoreFixture(path ?? Directory.CreateTempSubdirectory("clinicalsuite-store-").FullName);
        await using var db = store.Databases.Create();
        await db.Database.MigrateAsync();
        return store;
    }

    public static ReceivedInstance Received(string sopInstanceUid, string association = "a1") => new()
    {
        SopInstanceUid = sopInstanceUid,
        SopClassUid = "1.2.840.10008.5.1.4.1.1.2",
        TransferSyntaxUid = "1.2.840.10008.1.2.1",
        AssociationId = association,
        FileHeader = new byte[132],
    };

    public Task<StoreOutcome> StoreAsync(string sopInstanceUid, byte[] dataSet) =>
        Archive.StoreAsync(Received(sopInstanceUid), new MemoryStream(dataSet), CancellationToken.None);

    /// <summary>Re-reads everything; fails at the first problem, an extra file among them.</summary>
    /// <returns>How many instances there are.</returns>
    public long AssertVerified() => StoreVerification.Run(
        Folder, Journal, 2, (path, problem) => Assert.Fail($"{path}: {problem}"), null, CancellationToken.None).Verified;

    public async Task<AnalysisRun> AddRunAsync(string id = "0123456789abcdef0123456789abcdef", string studyUid = "1.2.3")
    {
        await using var db = Databases.Create();
        if (!await db.Studies.AnyAsync(s => s.Uid == studyUid))
        {
            db.Studies.Add(new Study { Uid = studyUid });
        }

        var run = new AnalysisRun
        {
            Id = id,
            StudyUid = studyUid,
            AnalysisId = "test",
            AnalysisVersion = "1",
            InputHash = id,
            Inputs = [new RunInput("image", "1.2.3.1", [1, 2])],
            Created = DateTime.UtcNow,
        };
        db.Runs.Add(run);
        await db.SaveChangesAsync();
        return run;
    }

    public async Task<AnalysisRun> RunAsync(string id)
    {
        await using var db = Databases.Create();
        return await db.Runs.Include(r => r.Evidence).ThenInclude(e => e.Deliveries).SingleAsync(r => r.Id == id);
    }

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Path, recursive: true);
    }
}
