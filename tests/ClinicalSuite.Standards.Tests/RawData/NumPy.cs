using System.Diagnostics;
using Xunit;

namespace ClinicalSuite.Standards.Tests.RawData;

/// <summary>The real NumPy, as peer; tests that need it skip where it is absent.</summary>
internal static class NumPy
{
    private const string Python = "/usr/bin/python3";

    /// <returns>What the script printed.</returns>
    public static string Run(string script, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is absent");
        var start = new ProcessStartInfo(Python, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var message = errors.GetAwaiter().GetResult();
        Assert.SkipWhen(message.Contains("No module named 'numpy'", StringComparison.Ordinal), "python3-numpy is absent");
        Assert.True(process.ExitCode == 0, message);
        return output;
    }
}
