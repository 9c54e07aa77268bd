using System.Diagnostics;
using System.Globalization;
using ClinicalSuite.Acceptance.Tests.Loop;

namespace ClinicalSuite.Acceptance.Tests.Analyze;

/// <summary>The program <c>clinicalsuite analyze</c> as a process of its own.</summary>
internal sealed record AnalyzeProgram(int Status, string Output, string Errors)
{
    public static async Task<AnalyzeProgram> RunAsync(params string[] words) => await EndAsync(Start(words));

    /// <summary>Sends SIGTERM as soon as the progress on standard error shows a step.</summary>
    public static async Task<AnalyzeProgram> InterruptAsync(string step, params string[] words)
    {
        using var process = Start(words);
        var before = "";
        while (!before.Contains(step, StringComparison.Ordinal) && await process.StandardError.ReadLineAsync() is { } line)
        {
            before += line + "\n";
        }

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        return await EndAsync(process);
    }

    private static Process Start(string[] words) => Process.Start(
        new ProcessStartInfo(ServingAppliance.Program, ["analyze", .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static async Task<AnalyzeProgram> EndAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new AnalyzeProgram(process.ExitCode, output, await errors);
    }
}
