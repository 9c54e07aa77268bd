using System.Diagnostics;
using Xunit;

namespace ClinicalSuite.TestKit.Network;

/// <summary>The programs of dcmtk as real peers.</summary>
public static class Dcmtk
{
    /// <summary>Runs a program to its end, with both outputs together.</summary>
    /// <remarks>
    /// TCP_NODELAY: without it dcmtk waits some 40 ms for each image (Nagle and delayed acknowledgement).
    /// </remarks>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, output);
    }

    /// <summary>Starts a program that stays, such as storescp; the caller ends it.</summary>
    public static Process Start(string program, params string[] arguments)
    {
        var path = Find(program);
        Assert.SkipUnless(path is not null, $"{program} is not installed (dcmtk)");
        var start = new ProcessStartInfo(path!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TCP_NODELAY"] = "1";
        var process = Process.Start(start)!;
        process.StandardInput.Close(); // a program that asks finds nobody
        return process;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
