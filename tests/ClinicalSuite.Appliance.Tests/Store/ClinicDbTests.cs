using ClinicalSuite.Store;
using ClinicalSuite.Store.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Store;

public sealed class ClinicDbTests
{
    [Fact]
    public async Task A_dangling_foreign_key_is_refused()
    {
        await using var store = await StoreFixture.OpenAsync();
        await using var db = store.Databases.Create();
        db.Series.Add(new Series { StudyUid = "9.9.9", Uid = "9.9.9.1" });

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.Contains("FOREIGN KEY constraint failed", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("busy_timeout", "30000")]
    [InlineData("foreign_keys", "1")]
    public async Task Every_connection_carries_its_pragmas(string pragma, string expected)
    {
        await using var store = await StoreFixture.OpenAsync();
        await using var db = store.Databases.Create();
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, Ask(db.Database.GetDbConnection(), pragma));

        await using var plain = PragmaSqliteFactory.Instance.CreateConnection();
        plain.ConnectionString = store.Databases.ConnectionText;
        plain.Open();
        Assert.Equal(expected, Ask(plain, pragma));
    }

    [Fact]
    public async Task The_migrations_describe_the_model()
    {
        await using var store = await StoreFixture.OpenAsync();
        await using var db = store.Databases.Create();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Times_come_back_as_utc_and_inputs_as_they_were()
    {
        await using var store = await StoreFixture.OpenAsync();
        var run = await store.AddRunAsync();

        var read = await store.RunAsync(run.Id);

        Assert.Equal(DateTimeKind.Utc, read.Created.Kind);
        Assert.Equal(run.Created, read.Created);
        Assert.Equal([1, 2], Assert.Single(read.Inputs).InstanceIds);
    }

    [Fact]
    public async Task One_analysis_of_one_input_is_one_run()
    {
        await using var store = await StoreFixture.OpenAsync();
        var run = await store.AddRunAsync();
        await using var db = store.Databases.Create();
        db.Runs.Add(new AnalysisRun
        {
            Id = "another",
            StudyUid = run.StudyUid,
            AnalysisId = run.AnalysisId,
            AnalysisVersion = run.AnalysisVersion,
            InputHash = run.InputHash,
            Inputs = [],
        });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    private static string Ask(System.Data.Common.DbConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // one of the four above
        command.CommandText = $"PRAGMA {pragma}";
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
