using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClinicalSuite.TestKit.Hostile;
using ClinicalSuite.TestKit.Network;

namespace ClinicalSuite.Acceptance.Tests.Hostile;

/// <summary>The bad objects and streams of a campaign: our own always, those of the shared data and its mutator where they are.</summary>
internal static class MalformedCampaign
{
    private const string Python = "/usr/bin/python3";

    public static bool IsFull => Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1";

    /// <param name="scratch">Where the mutator writes.</param>
    public static IEnumerable<(string Name, byte[] Bytes)> Objects(string scratch) =>
    [
        .. HostileFiles.Monsters, .. HostileFiles.Damaged(seed: 7, count: IsFull ? 2000 : 150),
        .. Shared(scratch).SelectMany(folder => Files(Path.Combine(folder, "files"))),
    ];

    public static IEnumerable<(string Name, byte[] Bytes)> Streams(string scratch) =>
    [
        .. OwnStreams(), .. Shared(scratch).SelectMany(folder => Files(Path.Combine(folder, "pdu"))),
    ];

    /// <summary>
    /// The published set and seeds that nobody has seen before, three in full, one otherwise; empty where the shared data is absent.
    /// </summary>
    private static List<string> Shared(string scratch)
    {
        if (SharedData.Find("dicom/malformed") is not { } published || !File.Exists(Python))
        {
            return [];
        }

        var family = Path.GetFullPath(Path.Combine(published, "../syntax-family/MR_small.dcm"));
        var name = Path.GetFullPath(Path.Combine(published, "../charset/chrX2.dcm"));
        var mutator = Path.GetFullPath(Path.Combine(published, "../../../tools/mutate-dicom.py"));
        var folders = new List<string> { published };
        for (var i = 0; i < (IsFull ? 3 : 1); i++)
        {
            var folder = Path.Combine(scratch, string.Create(CultureInfo.InvariantCulture, $"seed-{i}"));
            folders.Add(folder);
            if (!Directory.Exists(folder))
            {
                var seed = Random.Shared.Next(2, int.MaxValue).ToString(CultureInfo.InvariantCulture);
                using var process = Process.Start(new ProcessStartInfo(Python, [mutator, folder, seed, family, name])
                {
                    RedirectStandardOutput = true,
                })!;
                process.WaitForExit();
                File.WriteAllText(Path.Combine(folder, "seed"), seed);
            }
        }

        return folders;
    }

    private static IEnumerable<(string, byte[])> Files(string folder) => Directory.GetFiles(folder).Order(StringComparer.Ordinal)
        .Select(path => ($"{Path.GetFileName(Path.GetDirectoryName(folder))}/{Path.GetFileName(path)}", File.ReadAllBytes(path)));

    private static IEnumerable<(string, byte[])> OwnStreams()
    {
        byte[] whole = [.. RawPdu.AssociateRequest(ServedProcess.Title), .. RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()), .. RawPdu.ReleaseRequest];
        yield return ("whole", whole);
        yield return ("half a request", whole[..50]);
        yield return ("nothing", []);
        yield return ("a request of 4 GB", [1, 0, 255, 255, 255, 255, 0, 0]);
        yield return ("no PDU type", [0x99, 0, 0, 0, 0, 4, 1, 2, 3, 4]);
        yield return ("HTTP", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        yield return ("TLS", Convert.FromHexString("160301002f0100002b0303"));
        yield return ("endless command", [.. RawPdu.AssociateRequest(ServedProcess.Title),
            .. Enumerable.Repeat(RawPdu.DataTransfer(1, 1, new byte[16]), 9000).SelectMany(pdu => pdu)]);
        yield return ("a PDV beyond its PDU",
            [.. RawPdu.AssociateRequest(ServedProcess.Title), .. RawPdu.Pdu(4, 0x7F, 0xFF, 0xFF, 0xFF, 1, 3)]);
        for (var seed = 0; seed < (IsFull ? 500 : 40); seed++)
        {
            var random = new Random(seed);
            var bytes = whole.ToArray();
            for (var times = random.Next(1, 8); times > 0; times--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            yield return (string.Create(CultureInfo.InvariantCulture, $"changed bytes {seed}"), bytes);
        }
    }
}
