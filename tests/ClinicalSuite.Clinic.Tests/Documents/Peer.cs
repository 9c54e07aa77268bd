using System.Diagnostics;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Documents;

/// <summary>Programs of others that judge our documents.</summary>
internal static class Peer
{
    /// <summary>Output of a program, both streams; the test is skipped where it is not installed.</summary>
    public static (int Status, string Output) Run(string program, params string[] arguments)
    {
        // Debian's own first: its python3 is the one that has Debian's modules.
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Prepend("/usr/bin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipUnless(path is not null, $"{program} is not installed");
        var start = new ProcessStartInfo(path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Keeps a document beside the test program, for peers and for people.</summary>
    public static string Keep(string name, byte[] content)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "documents"));
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
