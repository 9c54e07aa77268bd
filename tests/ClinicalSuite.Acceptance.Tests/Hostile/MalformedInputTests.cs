using System.Text;
using ClinicalSuite.TestKit.Hostile;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Hostile;

/// <summary>
/// Every bad object by C-STORE and every bad stream, all against one server process: it lives, answers a fresh C-ECHO within a
/// second after each, gets every slot back and stays within half a gigabyte.
/// </summary>
public sealed class MalformedInputTests(ITestOutputHelper output) : IDisposable
{
    private const long MostMemory = 512L << 20;

    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("clinicalsuite-mutants-");

    public void Dispose() => scratch.Delete(recursive: true);

    [Fact]
    public async Task One_process_survives_all_bad_objects_and_streams()
    {
        await using var server = await ServedProcess.StartAsync();
        await server.AssertEchoAsync("the start");
        var objects = MalformedCampaign.Objects(scratch.FullName).ToList();
        var outcomes = new Dictionary<string, int>();
        foreach (var (name, bytes) in objects)
        {
            var outcome = await StoreAsync(server, bytes);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            await server.AssertEchoAsync(name);
        }

        await StoreByWebAsync(server, objects, outcomes);
        var streams = MalformedCampaign.Streams(scratch.FullName).ToList();
        foreach (var batch in streams.Chunk(ServedProcess.MostOfOneAddress))
        {
            var open = new List<RawPeer>();
            foreach (var (name, bytes) in batch)
            {
                // Left open: the next ones come while this one still lies there.
                var peer = await RawPeer.ConnectAsync(server.Port);
                open.Add(peer);
                await peer.TrySendAsync(bytes);
                await server.AssertEchoAsync(name);
            }

            foreach (var peer in open)
            {
                await peer.ReadToEndAsync();
                await peer.DisposeAsync();
            }
        }

        await server.AssertEverySlotIsFreeAsync();
        output.WriteLine($"{objects.Count} objects ({string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Key} {o.Value}"))}), "
            + $"{streams.Count} streams; peak {server.PeakMemory >> 20} MiB; slowest C-ECHO {server.SlowestEcho.TotalMilliseconds:0} ms");
        Assert.InRange(server.PeakMemory, 0, MostMemory);
        Assert.DoesNotContain("defect of this program", server.Log, StringComparison.Ordinal);
        var status = await server.StopAsync();
        Assert.True(status == 0, $"status {status}: {string.Join('\n', server.Log.Split('\n').Where(line => !line.Contains("info: ", StringComparison.Ordinal)).TakeLast(20))}");
    }

    /// <summary>The same files, each as it is, by STOW-RS.</summary>
    private static async Task StoreByWebAsync(
        ServedProcess server, List<(string Name, byte[] Bytes)> objects, Dictionary<string, int> outcomes)
    {
        using var web = new HttpClient { BaseAddress = server.Web };
        foreach (var (name, bytes) in objects)
        {
            using var part = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/dicom") } };
            using var content = new MultipartContent("related", "part") { part };
            content.Headers.ContentType!.Parameters.Add(new("type", "\"application/dicom\""));
            using var answer = await web.PostAsync(new Uri("dicom-web/studies", UriKind.Relative), content, TestContext.Current.CancellationToken);
            // Taken, taken in part, or refused by name: never a failure of the server, never an address that is not there.
            Assert.True((int)answer.StatusCode is 200 or 202 or 400 or 409 or 413 or 415, $"{name}: {answer.StatusCode}");
            var outcome = $"STOW {(int)answer.StatusCode}";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            await server.AssertEchoAsync(name);
        }
    }

    /// <summary>Sends the data set of a file as it is, under UIDs of our own choice or those that the file's name would give away.</summary>
    /// <returns>The status, or how the association ended.</returns>
    private static async Task<string> StoreAsync(ServedProcess server, byte[] file)
    {
        var (syntax, dataSet) = Split(file);
        await using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(RawPdu.AssociateRequest(ServedProcess.Title, contexts: RawPdu.Context(1, SopClass(dataSet), syntax)));
        if (await peer.ReadPduAsync() is not [2, ..])
        {
            return "association refused";
        }

        await peer.TrySendAsync(RawPdu.DataTransfer(1, 3, RawPdu.StoreCommand("1.2.3.4", SopClass(dataSet))));
        foreach (var part in dataSet.Chunk(60_000))
        {
            await peer.TrySendAsync(RawPdu.DataTransfer(1, 0, part));
        }

        await peer.TrySendAsync(RawPdu.DataTransfer(1, 2));
        var answer = await peer.ReadPduAsync();
        if (answer is not [4, ..])
        {
            return answer.Length == 0 ? "closed" : "aborted";
        }

        await peer.SendAsync(RawPdu.ReleaseRequest);
        await peer.ReadPduAsync();
        return StatusOf(answer);
    }

    /// <summary>(0000,0900) of the response: its value is the last two bytes but those of the element after it.</summary>
    private static string StatusOf(byte[] pdu)
    {
        ReadOnlySpan<byte> header = [0, 0, 0, 9, 2, 0, 0, 0];
        var at = pdu.AsSpan().IndexOf(header);
        return at < 0 ? "no status" : $"{pdu[at + 9]:X2}{pdu[at + 8]:X2}H";
    }

    /// <summary>Transfer syntax and data set; the meta information ends by its group length or, where that lies, by its last element.</summary>
    private static (string Syntax, byte[] DataSet) Split(byte[] file)
    {
        ReadOnlySpan<byte> header = [2, 0, 0x10, 0, (byte)'U', (byte)'I'];
        var at = file.AsSpan().IndexOf(header);
        if (at < 0 || at + 8 > file.Length)
        {
            return (SmallFiles.Explicit, file);
        }

        var length = file[at + 6] | file[at + 7] << 8;
        if (at + 8 + length > file.Length)
        {
            return (SmallFiles.Explicit, file[at..]);
        }

        var syntax = Encoding.ASCII.GetString(file, at + 8, length).Trim('\0', ' ');
        var rest = at + 8 + length;
        // What is left of group 2 is part of no data set.
        while (rest + 8 <= file.Length && file[rest] == 2 && file[rest + 1] == 0)
        {
            var isLong = file[rest + 4] == 'O';
            rest += isLong ? 12 + BitConverter.ToInt32(file, rest + 8) : 8 + (file[rest + 6] | file[rest + 7] << 8);
            if (rest < 0 || rest > file.Length)
            {
                return (SmallFiles.Explicit, file[at..]);
            }
        }

        return (syntax.StartsWith("1.2.840.10008.1.2", StringComparison.Ordinal) ? syntax : SmallFiles.Explicit, file[rest..]);
    }

    private static string SopClass(byte[] dataSet)
    {
        ReadOnlySpan<byte> root = "1.2.840.10008.5.1.4.1.1."u8;
        var at = dataSet.AsSpan(0, Math.Min(dataSet.Length, 2000)).IndexOf(root);
        if (at < 0)
        {
            return RawPdu.CtImage;
        }

        var end = at + root.Length;
        while (end < dataSet.Length && (dataSet[end] == '.' || char.IsAsciiDigit((char)dataSet[end])) && end - at < 60)
        {
            end++;
        }

        return Encoding.ASCII.GetString(dataSet, at, end - at).TrimEnd('.');
    }
}
