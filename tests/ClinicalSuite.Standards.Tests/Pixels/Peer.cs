using System.Diagnostics;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>Programs of others that decode the same frames.</summary>
internal static class Peer
{
    /// <summary>Runs a program to its end; the test is skipped where it is not installed.</summary>
    public static (int Status, string Output) Run(string program, params string[] arguments)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipUnless(path is not null, $"{program} is not installed");
        var start = new ProcessStartInfo(path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>As <see cref="Run"/>; fails with what the program said where it failed.</summary>
    public static void MustRun(string program, params string[] arguments)
    {
        var (status, output) = Run(program, arguments);
        Assert.True(status == 0, $"{program} ended with {status}: {output}");
    }
}
