using System.Text.RegularExpressions;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>The order of the durable steps, as the kernel sees it.</summary>
public sealed partial class FlushOrderTests : IDisposable
{
    private const string Trace = "trace=openat,pwrite64,pwritev,fdatasync,rename,renameat,renameat2,fsync,sendto,sendmsg";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-order-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_object_is_written_flushed_named_and_journalled_before_its_sender_is_answered()
    {
        var sent = new SentObjects(folder.CreateSubdirectory("sent").FullName, pixelBytes: 200_000);
        var data = Path.Combine(folder.FullName, "data");
        var log = Path.Combine(folder.FullName, "trace");
        await using (var appliance = await ServingAppliance.StartAsync(
            data, "--roles", "intake,web", "--accept", $"{SentObjects.Sender}@127.0.0.1"))
        {
            await sent.SendAsync(appliance.DicomPort, 1, 1);
            await using var strace = await Strace.AttachAsync(appliance.ProcessId, log, "-e", Trace);
            await sent.SendAsync(appliance.DicomPort, 1, 3);
        }

        var calls = Calls(await File.ReadAllLinesAsync(log)).ToList();
        var temporaries = calls.Where(call => call.Name == "openat" && call.Text.Contains("/incoming/", StringComparison.Ordinal)
            && call.Text.Contains("O_CREAT", StringComparison.Ordinal)).Select(call => Temporary().Match(call.Text).Value).ToList();
        Assert.Equal(3, temporaries.Count);
        foreach (var temporary in temporaries)
        {
            AssertOrder(calls, temporary);
        }
    }

    private static void AssertOrder(List<Call> calls, string temporary)
    {
        var steps = new (string Step, Func<Call, bool> Is)[]
        {
            ("open", c => c.Name == "openat" && c.Text.Contains(temporary, StringComparison.Ordinal)),
            ("write", c => c.Name is "pwrite64" or "pwritev" && c.Text.Contains(temporary, StringComparison.Ordinal)),
            ("fdatasync", c => c.Name == "fdatasync" && c.Text.Contains(temporary, StringComparison.Ordinal)),
            ("rename", c => c.Name.StartsWith("rename", StringComparison.Ordinal) && c.Text.Contains(temporary, StringComparison.Ordinal)),
            ("fsync of the folder", c => c.Name == "fsync" && c.Text.Contains("/instances/", StringComparison.Ordinal)),
            ("fdatasync of the journal", c => c.Name == "fdatasync" && c.Text.Contains("journal.db-wal", StringComparison.Ordinal)),
            ("answer", c => c.Name is "sendto" or "sendmsg" && c.Text.Contains("TCP", StringComparison.Ordinal)),
        };
        var at = 0;
        foreach (var (step, isStep) in steps)
        {
            // A step counts from where the one before has returned.
            var next = calls.FindIndex(call => call.Begin > at && isStep(call));
            Assert.True(next >= 0, $"no {step} after line {at} for {temporary}");
            Assert.True(calls[next].Succeeded, $"{step} failed: {calls[next].Text}");
            at = calls[next].End;
        }

        // Nothing was said before: between the last write and the answer there is no other send.
        var lastWrite = calls.FindLastIndex(c => c.Name is "pwrite64" or "pwritev" && c.Text.Contains(temporary, StringComparison.Ordinal));
        var journal = calls.First(c => c.Begin > calls[lastWrite].End && c.Name == "fdatasync" && c.Text.Contains("journal.db-wal", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Name is "sendto" or "sendmsg" && c.Text.Contains("TCP", StringComparison.Ordinal)
            && c.Begin > calls[lastWrite].Begin && c.Begin < journal.End);
    }

    /// <summary>Calls with the lines at which they began and returned; one that another thread interrupts is shown in two.</summary>
    private static IEnumerable<Call> Calls(string[] lines)
    {
        var open = new Dictionary<string, (int Begin, string Text)>();
        var calls = new List<Call>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (Line().Match(lines[i]) is not { Success: true } line)
            {
                continue;
            }

            var (thread, rest) = (line.Groups["thread"].Value, line.Groups["rest"].Value);
            if (rest.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                open[thread] = (i, rest);
            }
            else if (rest.StartsWith("<... ", StringComparison.Ordinal) && open.Remove(thread, out var begun))
            {
                calls.Add(new Call(Name(begun.Text), begun.Text + rest, begun.Begin, i));
            }
            else if (rest.Contains('(', StringComparison.Ordinal))
            {
                calls.Add(new Call(Name(rest), rest, i, i));
            }
        }

        return calls.OrderBy(call => call.Begin);
    }

    private static string Name(string text) => text[..text.IndexOf('(', StringComparison.Ordinal)];

    [GeneratedRegex(@"^(?<thread>\d+) +(?<rest>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex("incoming/[0-9a-f]{32}")]
    private static partial Regex Temporary();

    private sealed record Call(string Name, string Text, int Begin, int End)
    {
        public bool Succeeded => !Text.Contains(" = -1 ", StringComparison.Ordinal);
    }
}
