using System.Security.Cryptography;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Store;

public sealed class InstanceArchiveTests
{
    private static readonly byte[] Image = RandomNumberGenerator.GetBytes(300_000);

    [Fact]
    public async Task An_instance_is_kept_under_a_name_with_its_hash_and_a_journal_entry()
    {
        await using var store = await StoreFixture.OpenAsync();

        var stored = Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync("1.2.3.4", Image));

        Assert.Equal(1, stored.Entry.Sequence);
        Assert.Equal(132 + Image.Length, stored.Entry.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Image)), stored.Entry.DataSetSha256);
        var file = await File.ReadAllBytesAsync(store.Folder.Absolute(stored.Entry.Path), TestContext.Current.CancellationToken);
        Assert.Equal(Image, file[132..]);
        Assert.Equal(stored.Entry, Assert.Single(store.Journal.After(0, 10)));
        Assert.Empty(Directory.GetFiles(store.Folder.Incoming));
    }

    [Fact]
    public async Task The_same_instance_again_is_success_and_nothing_new()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StoreAsync("1.2.3.4", Image);

        var again = Assert.IsType<StoreOutcome.AlreadyStored>(await store.StoreAsync("1.2.3.4", Image));

        Assert.Equal(1, again.Entry.Sequence);
        Assert.Single(store.Journal.After(0, 10));
        Assert.Single(Directory.GetFiles(store.Folder.Instances, "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(store.Folder.Incoming));
    }

    [Theory]
    [InlineData("missing", 132)]
    [InlineData("shortened", 132)]
    [InlineData("changed", 132)]
    [InlineData("missing", 160)]
    public async Task An_instance_that_was_lost_is_put_back_by_the_sender_that_sends_it_again(string damage, int headerLength)
    {
        await using var store = await StoreFixture.OpenAsync();
        var stored = Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync("1.2.3.4", Image));
        var path = store.Folder.Absolute(stored.Entry.Path);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);
        if (damage != "missing")
        {
            bytes[5000] ^= 1;
            await File.WriteAllBytesAsync(path, damage == "changed" ? bytes : bytes[..1000], TestContext.Current.CancellationToken);
        }

        // Another sender writes another file header.
        var received = StoreFixture.Received("1.2.3.4") with { FileHeader = new byte[headerLength] };
        var again = await store.Archive.StoreAsync(received, new MemoryStream(Image), CancellationToken.None);

        Assert.Equal(1, Assert.IsType<StoreOutcome.AlreadyStored>(again).Entry.Sequence);
        Assert.Equal(Image, (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))[headerLength..]);
        Assert.Equal(1, store.AssertVerified());
        Assert.Empty(Directory.GetFiles(store.Folder.Incoming));
    }

    [Fact]
    public async Task A_different_data_set_under_the_same_uid_is_kept_beside_and_flagged()
    {
        await using var store = await StoreFixture.OpenAsync();
        var first = Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync("1.2.3.4", Image));

        var other = Assert.IsType<StoreOutcome.ConflictKept>(await store.StoreAsync("1.2.3.4", [1, 2, 3, 4]));

        Assert.True(other.Entry.IsConflict);
        Assert.NotEqual(first.Entry.Path, other.Entry.Path);
        Assert.Equal(2, store.AssertVerified());
    }

    [Fact]
    public async Task Two_associations_that_send_one_instance_at_once_store_it_once()
    {
        await using var store = await StoreFixture.OpenAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.StoreAsync("1.2.3.4", Image))));

        Assert.Single(outcomes.OfType<StoreOutcome.Stored>());
        Assert.Equal(7, outcomes.OfType<StoreOutcome.AlreadyStored>().Count());
    }

    [Fact]
    public async Task Many_senders_share_the_commits_of_the_journal()
    {
        await using var store = await StoreFixture.OpenAsync();
        var commits = 0;
        store.Journal.Appended += () =>
        {
            // The first commit takes until all the others have written theirs, as on a slow disk: they wait together.
            if (++commits == 1)
            {
                var others = 200 - store.Journal.After(0, 1000).Count;
                Assert.True(SpinWait.SpinUntil(
                    () => Directory.GetFiles(store.Folder.Incoming).Length >= others, TimeSpan.FromMinutes(1)));
            }
        };

        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => store.StoreAsync($"1.2.{n}", [1, 2, 3]))));

        Assert.InRange(commits, 1, 100);
        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), store.Journal.After(0, 1000).Select(e => e.Sequence));
    }

    [Fact]
    public async Task An_instance_that_is_not_committed_leaves_nothing()
    {
        await using var store = await StoreFixture.OpenAsync();
        await using (var incoming = store.Archive.Begin(StoreFixture.Received("1.2.3.4")))
        {
            incoming.Write(Image);
            Assert.Single(Directory.GetFiles(store.Folder.Incoming));
        }

        Assert.Empty(Directory.GetFiles(store.Folder.Incoming));
        Assert.Empty(store.Journal.After(0, 10));
    }

    [Fact]
    public async Task Leftovers_of_a_killed_process_are_removed_those_that_had_a_name_too()
    {
        await using var store = await StoreFixture.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(store.Folder.Incoming, "half"), "x", TestContext.Current.CancellationToken);
        var stored = Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync("1.2.3.4", Image));

        // As if the process had ended between the rename and the journal entry.
        var unpromised = store.Folder.Absolute(stored.Entry.Path.Replace("001.dcm", "002.dcm", StringComparison.Ordinal));
        await File.WriteAllTextAsync(unpromised, "unpromised", TestContext.Current.CancellationToken);

        Assert.Equal(2, store.Archive.RemoveLeftovers());
        Assert.False(File.Exists(unpromised));
        Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync("1.2.3.5", Image));
        Assert.Equal(2, store.AssertVerified());
    }

    [Fact]
    public async Task Below_the_reserve_of_free_space_nothing_is_taken_in()
    {
        await using var store = await StoreFixture.OpenAsync();
        var archive = new InstanceArchive(
            store.Folder, store.Journal, new DiskSpace(store.Folder, new DiskWatermarks { ReserveBytes = long.MaxValue }), TimeProvider.System);

        var outcome = await archive.StoreAsync(StoreFixture.Received("1.2.3.4"), new MemoryStream(Image), CancellationToken.None);

        Assert.IsType<StoreOutcome.NoSpace>(outcome);
        Assert.Empty(Directory.GetFiles(store.Folder.Incoming));
    }

    [Fact]
    public async Task Verification_names_changed_shortened_and_missing_files()
    {
        await using var store = await StoreFixture.OpenAsync();
        var paths = new List<string>();
        for (var n = 0; n < 4; n++)
        {
            paths.Add(store.Folder.Absolute(Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync($"1.2.{n}", Image)).Entry.Path));
        }

        var bytes = await File.ReadAllBytesAsync(paths[0], TestContext.Current.CancellationToken);
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(paths[0], bytes, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(paths[1], bytes[..1000], TestContext.Current.CancellationToken);
        File.Delete(paths[2]);
        var problems = new List<string>();

        File.WriteAllText(paths[3] + ".stray", "x");
        File.SetLastWriteTimeUtc(paths[3] + ".stray", DateTime.UtcNow.AddHours(-1));
        var progress = 0.0;

        var result = StoreVerification.Run(
            store.Folder, store.Journal, 1, (path, problem) => problems.Add($"{Path.GetFileName(path)} {problem}"),
            share => progress = share, CancellationToken.None);

        Assert.Equal((4, 3, 1, 1.0), (result.Verified, result.Damaged, result.Extra, progress));
        Assert.False(result.IsClean);
        Assert.Equal(
            [
                "000000001.dcm the content has changed", $"000000002.dcm 1000 bytes, acknowledged with {132 + Image.Length}",
                "000000003.dcm the file is missing", "000000004.dcm.stray an extra file: no sender was told that it is kept",
            ],
            problems);
    }
}
