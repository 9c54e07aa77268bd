using System.Diagnostics;
using System.Globalization;
using ClinicalSuite.Acceptance.Tests.Loop;

namespace ClinicalSuite.Acceptance.Tests;

/// <summary>A verb of the program <c>clinicalsuite</c> as a process of its own: its exit status and what it wrote.</summary>
internal sealed record CliProgram(int Status, string Output, string Errors)
{
    public static async Task<CliProgram> RunAsync(params string[] words) => await EndAsync(Start(words));

    /// <summary>Sends SIGTERM as soon as the progress on standard error shows a step.</summary>
    public static async Task<CliProgram> InterruptAsync(string step, params string[] words)
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
        new ProcessStartInfo(ServingAppliance.Program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static async Task<CliProgram> EndAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliProgram(process.ExitCode, output, await errors);
    }
}
