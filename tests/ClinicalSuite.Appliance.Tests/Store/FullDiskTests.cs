using System.Diagnostics;
using ClinicalSuite.Store.Instances;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Store;

/// <summary>A real file system of 4 MiB that really fills up.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_is_an_outcome_that_leaves_nothing_behind_and_ends_with_the_shortage()
    {
        var mount = Directory.CreateTempSubdirectory("clinicalsuite-full-").FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount), "a tmpfs can be mounted only by root");
        try
        {
            await using (var store = await StoreFixture.OpenAsync(Path.Combine(mount, "data")))
            {
                var image = new byte[400_000];
                var outcomes = new List<StoreOutcome>();
                for (var n = 0; n < 12; n++)
                {
                    outcomes.Add(await store.StoreAsync($"1.2.{n}", image));
                }

                var kept = outcomes.OfType<StoreOutcome.Stored>().Count();
                Assert.InRange(kept, 1, 11);
                Assert.Equal(12 - kept, outcomes.OfType<StoreOutcome.NoSpace>().Count());
                Assert.Empty(Directory.GetFiles(store.Folder.Incoming));
                Assert.Equal(kept, Directory.GetFiles(store.Folder.Instances, "*", SearchOption.AllDirectories).Length);
                Assert.Equal(kept, store.AssertVerified());

                Assert.True(Run("mount", "-o", "remount,size=16m", mount));
                Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync("1.2.100", image));
            }
        }
        finally
        {
            Run("umount", mount);
            Directory.Delete(mount, recursive: true);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
