using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>A device that fails now and then (EIO and ENOSPC by fault injection).</summary>
public sealed class DeviceErrorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-eio-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <param name="fault">As of strace: of each thread the second to fifth call fails, as long as it is attached.</param>
    /// <param name="status">What a sender whose object was hit is told.</param>
    [Theory]
    [InlineData("fdatasync:error=EIO:when=2..5", 0x0110)]
    [InlineData("fsync:error=EIO:when=2..5", 0x0110)]
    [InlineData("pwritev:error=EIO:when=2..5", 0x0110)]
    [InlineData("pwritev:error=ENOSPC:when=2..5", 0xA700)]
    public async Task A_failing_device_costs_only_what_was_not_acknowledged_and_the_service_goes_on(string fault, int status)
    {
        var sent = new SentObjects(folder.CreateSubdirectory("sent").FullName, pixelBytes: 60_000);
        var data = Path.Combine(folder.FullName, "data");
        await using (var appliance = await ServingAppliance.StartAsync(
            data, "--roles", "intake,web", "--accept", $"{SentObjects.Sender}@127.0.0.1"))
        {
            var call = fault[..fault.IndexOf(':', StringComparison.Ordinal)];
            await using (var strace = await Strace.AttachAsync(
                appliance.ProcessId, Path.Combine(folder.FullName, "trace"), "-e", $"trace={call}", "-e", $"inject={fault}"))
            {
                while (!sent.Answers.ContainsKey((ushort)status))
                {
                    await sent.SendAsync(appliance.DicomPort, 4, 10);
                }
            }

            Assert.Equal([0, status], sent.Answers.Keys.Select(code => (int)code).Order());
            var before = sent.Acknowledged.Count;
            await sent.SendAsync(appliance.DicomPort, 4, 10);
            Assert.Equal(before + 40, sent.Acknowledged.Count);
            await sent.AssertKeptAsync(data);
        }

        // And after a restart, which reads the journal's log anew.
        await using (await ServingAppliance.StartAsync(data, "--roles", "intake,web"))
        {
            await sent.AssertKeptAsync(data);
        }
    }
}
