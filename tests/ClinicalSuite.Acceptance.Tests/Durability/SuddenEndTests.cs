using System.Diagnostics;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>kill -9 at random instants while four associations store.</summary>
public sealed class SuddenEndTests : IDisposable
{
    private const int Associations = 4;
    private const int Each = 40;
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-sudden-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_acknowledged_before_a_sudden_end_is_there_after_it_and_nothing_half()
    {
        var kills = IsFull ? 200 : 10;
        var seed = IsFull ? Environment.TickCount : 1;
        var random = new Random(seed);
        var sent = new SentObjects(folder.CreateSubdirectory("sent").FullName, pixelBytes: 60_000);
        var data = Path.Combine(folder.FullName, "data");
        for (var kill = 1; kill <= kills; kill++)
        {
            await using var appliance = await StartAsync(data);
            var unknown = await sent.AssertKeptAsync(data);
            Assert.InRange(unknown, 0, Associations * (kill - 1));
            await KillWhileStoringAsync(appliance, sent, random);
            TestContext.Current.SendDiagnosticMessage(
                $"seed {seed}, kill {kill}: {sent.Acknowledged.Count} acknowledged, {unknown} kept whose answer was lost");
        }

        await using (var last = await StartAsync(data))
        {
            await sent.SendAsync(last.DicomPort, 1, 3);
        }

        await sent.AssertKeptAsync(data);
        Assert.Equal([0], sent.Answers.Keys);
    }

    /// <summary>
    /// At a random moment of a random part of the way of one object: after so many answers, and then a little later, so that every
    /// step of the next one is hit sooner or later.
    /// </summary>
    private static async Task KillWhileStoringAsync(ServingAppliance appliance, SentObjects sent, Random random)
    {
        var already = sent.Acknowledged.Count;
        var after = already + random.Next(Associations * Each);
        var moment = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gone = new CancellationTokenSource();
        var sending = sent.SendAsync(appliance.DicomPort, Associations, Each, count =>
        {
            if (count >= after)
            {
                moment.TrySetResult();
            }
        }, gone.Token);
        await Task.WhenAny(moment.Task, sending);
        var later = Stopwatch.StartNew();
        var microseconds = random.Next(3000);
        while (later.Elapsed.TotalMicroseconds < microseconds)
        {
            Thread.SpinWait(20);
        }

        await appliance.KillAsync();
        await gone.CancelAsync();
        await sending;
    }

    private static Task<ServingAppliance> StartAsync(string data) => ServingAppliance.StartAsync(
        data, "--roles", "intake,web", "--accept", $"{SentObjects.Sender}@127.0.0.1");
}
