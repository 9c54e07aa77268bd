using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>
/// strace on a running process: it shows the system calls in order and can make them fail. No compiler is needed for that, as a
/// preloaded library would.
/// </summary>
internal sealed class Strace : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> remarks;
    private bool isDetached;

    private Strace(Process process)
    {
        this.process = process;
        remarks = process.StandardError.ReadToEndAsync();
    }

    /// <param name="log">Gets the calls, one a line, with the names of files and sockets.</param>
    public static async Task<Strace> AttachAsync(int processId, string log, params string[] options)
    {
        var program = new[] { "/usr/bin/strace", "/usr/local/bin/strace" }.FirstOrDefault(File.Exists);
        Assert.SkipUnless(program is not null, "strace is not installed");
        var start = new ProcessStartInfo(
            program!, ["-f", "-yy", "-o", log, "-p", processId.ToString(CultureInfo.InvariantCulture), .. options])
        {
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) ?? "";
        Assert.SkipUnless(line.Contains("attached", StringComparison.Ordinal), $"strace may not attach: {line}");
        return new Strace(process);
    }

    /// <summary>Lets the process go on alone; the log is then whole.</summary>
    public async Task DetachAsync()
    {
        if (!isDetached)
        {
            isDetached = true;
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            await remarks;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DetachAsync();
        process.Dispose();
    }
}
