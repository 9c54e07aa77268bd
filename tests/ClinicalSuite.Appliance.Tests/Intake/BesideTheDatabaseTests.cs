using System.Diagnostics;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Intake;

/// <summary>An acknowledgement depends on the object's file and the journal, and on nothing else.</summary>
public sealed class BesideTheDatabaseTests
{
    [Fact]
    public async Task Object_is_acknowledged_although_the_clinics_database_cannot_be_written()
    {
        await using var host = await IntakeHost.StartAsync();
        await ExecuteAsync(host, "ALTER TABLE Associations RENAME TO Away");
        await ExecuteAsync(host, "ALTER TABLE CustodyEvents RENAME TO AwayToo");

        var answers = await host.SendAsync(host.WriteImage("1.2.3.4"), host.WriteImage("1.2.3.5"));

        Assert.All(answers, status => Assert.True(status.IsSuccess));
        Assert.Equal(2, host.Journal.Count);
    }

    [Fact]
    public async Task Association_that_ends_by_a_defect_does_not_stay_open_in_the_register()
    {
        await using var host = await IntakeHost.StartAsync();
        var objects = new[] { "1.2.3.4", "1.2.3.5" }.Select(uid => StorageObject.Read(host.WriteImage(uid))).ToList();
        await using (var client = await host.OpenAsync(ContextProposal.For(objects)))
        {
            Assert.True(Assert.IsType<SendOutcome.Answered>(await client.StoreAsync(objects[0])).Status.IsSuccess);
            await host.Services.GetRequiredService<IngestJournal>().DisposeAsync();
            await client.StoreAsync(objects[1]);
        }

        await host.StopAsync();
        await using var db = host.Services.GetRequiredService<ClinicDbFactory>().Create();
        Assert.NotNull((await db.Associations.SingleAsync(TestContext.Current.CancellationToken)).Closed);
    }

    [Fact]
    public async Task Full_disk_answers_out_of_resources_and_taking_in_goes_on_by_itself_when_there_is_space()
    {
        var mount = Directory.CreateTempSubdirectory("intake-full-").FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", mount), "a tmpfs can be mounted only by root");
        try
        {
            await using (var host = await IntakeHost.StartAsync(data: Path.Combine(mount, "data")))
            {
                string[] paths = [.. Enumerable.Range(0, 14).Select(n => host.WriteImage($"1.2.3.{n}", bytes: 500_000))];

                var answers = await host.SendAsync(paths);

                Assert.Contains(answers, status => status.IsSuccess);
                Assert.Contains(answers, status => status.Code == 0xA700);
                Assert.All(answers, status => Assert.True(status.IsSuccess || status.Code == 0xA700, status.ToString()));
                Assert.Equal(answers.Count(status => status.IsSuccess), host.Journal.Count);
                await host.AssertEchoAsync();

                Assert.True(Run("mount", "-o", "remount,size=64m", mount));
                Assert.All(await host.SendAsync(paths), status => Assert.True(status.IsSuccess, status.ToString()));
            }
        }
        finally
        {
            Run("umount", mount);
            Directory.Delete(mount, recursive: true);
        }
    }

    private static async Task ExecuteAsync(IntakeHost host, string sql)
    {
        await using var db = host.Services.GetRequiredService<ClinicDbFactory>().Create();
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
