using System.Diagnostics;
using System.Globalization;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>
/// The appliance under strace, which shows its system calls in order and can make them fail: no compiler is needed for that, as a
/// preloaded library would.
/// </summary>
internal sealed class TracedAppliance : IAsyncDisposable
{
    private readonly Process strace;
    private readonly Task<string> errors;

    private TracedAppliance(Process strace)
    {
        this.strace = strace;
        errors = strace.StandardError.ReadToEndAsync();
    }

    public int DicomPort { get; private set; }

    /// <param name="options">Of strace.</param>
    public static async Task<TracedAppliance> StartAsync(string data, string log, params string[] options)
    {
        var program = new[] { "/usr/bin/strace", "/usr/local/bin/strace" }.FirstOrDefault(File.Exists);
        Assert.SkipUnless(program is not null, "strace is not installed");
        var start = new ProcessStartInfo(program!,
        [
            "-f", "--seccomp-bpf", "-y", "-o", log, .. options,
            ServingAppliance.Program, "serve", "--data", data, "--roles", "intake", "--dicom-port", "0", "--accept", $"{SentObjects.Sender}@127.0.0.1",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var appliance = new TracedAppliance(Process.Start(start)!);
        while (appliance.DicomPort == 0)
        {
            var line = await appliance.strace.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
            if (line is null)
            {
                Assert.Fail("serve ended: " + await appliance.errors);
            }

            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["dicom", var address])
            {
                appliance.DicomPort = new Uri(address).Port;
            }
        }

        return appliance;
    }

    /// <summary>Ends the appliance; strace ends with it and has then written all.</summary>
    public async Task StopAsync()
    {
        foreach (var traced in ProcessTable.ChildrenOf(strace.Id))
        {
            using var kill = Process.Start("kill", ["-TERM", traced.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        await strace.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (!strace.HasExited)
        {
            await StopAsync();
        }

        strace.Dispose();
    }
}
