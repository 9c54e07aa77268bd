using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>A device that fails now and then (EIO and ENOSPC by fault injection).</summary>
public sealed class DeviceErrorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-eio-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <param name="fault">As of strace: each thread's second to fifth call fails, and later ones succeed.</param>
    /// <param name="status">What a sender whose object was hit is told.</param>
    [Theory]
    [InlineData("fdatasync:error=EIO:when=3..6", 0x0110)]
    [InlineData("fsync:error=EIO:when=4..7", 0x0110)]
    [InlineData("pwritev:error=EIO:when=3..6", 0x0110)]
    [InlineData("pwritev:error=ENOSPC:when=3..6", 0xA700)]
    public async Task A_failing_device_costs_only_what_was_not_acknowledged_and_the_service_goes_on(string fault, int status)
    {
        var sent = new SentObjects(folder.CreateSubdirectory("sent").FullName, pixelBytes: 60_000);
        var data = Path.Combine(folder.FullName, "data");
        var call = fault[..fault.IndexOf(':', StringComparison.Ordinal)];
        await using (var appliance = await TracedAppliance.StartAsync(
            data, Path.Combine(folder.FullName, "trace"), "-e", $"trace={call}", "-e", $"inject={fault}"))
        {
            await sent.SendAsync(appliance.DicomPort, 4, 60);
            Assert.Equal([0, status], sent.Answers.Keys.Select(code => (int)code).Order());

            // The faults are over: the same process takes everything again.
            var before = sent.Acknowledged.Count;
            while (sent.Acknowledged.Count < before + 40)
            {
                await sent.SendAsync(appliance.DicomPort, 4, 10);
            }

            await appliance.StopAsync();
        }

        await sent.AssertKeptAsync(data);
    }
}
