using System.Diagnostics;
using ClinicalSuite.Acceptance.Tests.Loop;

namespace ClinicalSuite.Acceptance.Tests.Query;

/// <summary>One run of the program <c>clinicalsuite</c>.</summary>
internal sealed record ProgramRun(int Status, string Output, string Errors)
{
    public static async Task<ProgramRun> StartAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(ServingAppliance.Program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return new(process.ExitCode, output, await errors);
    }
}
