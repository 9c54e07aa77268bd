using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using Xunit;
using static ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve.SmallArchive;

namespace ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve;

/// <summary>A query with very many results, in a process where nothing else uses memory meanwhile.</summary>
[Collection(nameof(ManyResultsTests))]
[CollectionDefinition(nameof(ManyResultsTests), DisableParallelization = true)]
public sealed class ManyResultsTests
{
    [Fact]
    public async Task Many_results_stream_and_a_cancel_ends_them()
    {
        var many = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1" ? 100_000 : 3_000;
        await using var archive = await SmallArchive.StartAsync();
        await using (var db = archive.Host.Get<ClinicDbFactory>().Create())
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.Studies.AddRange(Enumerable.Range(0, many).Select(i => new Study
            {
                Uid = $"1.3.{i}",
                PatientId = $"P{i / 2}",
                PatientName = $"Doe^{i}",
                PatientNameKey = $"\nDOE^{i}\n",
            }));
            await db.SaveChangesAsync();
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var client = await archive.Host.OpenAsync([new(1, Find, [DicomUID.ImplicitVRLittleEndian])]);
        var count = 0;
        var most = 0L;
        var outcome = await client.FindAsync(Find, Identifier("STUDY", "PatientName=doe*", "PatientID"), _ =>
        {
            if (++count % 1000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
            return true;
        }, CancellationToken.None);
        Assert.True(Assert.IsType<SendOutcome.Answered>(outcome).Status.IsSuccess);
        Assert.Equal(many, count);
        // A page of 500 rows and what the client has not read yet; nothing that grows with the number of results.
        Assert.InRange(most - before, long.MinValue, 48L << 20);

        count = 0;
        outcome = await client.FindAsync(
            Find, Identifier("STUDY", "PatientName=doe*", "PatientID"), _ => ++count < 10, CancellationToken.None);
        Assert.True(Assert.IsType<SendOutcome.Answered>(outcome).Status.IsCancel);
        var (_, patients) = await archive.AskAsync(PatientFind, new(), "PATIENT", "PatientID=P1*", "PatientName");
        Assert.Equal(patients.Count, patients.Select(p => p.GetString(DicomTag.PatientID)).Distinct().Count());
        Assert.Contains(patients, p => p.GetString(DicomTag.PatientID) == "P1");
    }
}
