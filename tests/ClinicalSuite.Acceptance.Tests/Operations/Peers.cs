using System.Diagnostics;
using System.Globalization;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

/// <summary>Programs of others that look at ours.</summary>
internal static class Peers
{
    private const string ReadMetrics = """
        import sys
        from prometheus_client.parser import text_string_to_metric_families
        for family in text_string_to_metric_families(sys.stdin.read()):
            for s in family.samples:
                print(s.name + '{' + ','.join(k + '=' + v for k, v in sorted(s.labels.items())) + '}', s.value, sep='\t')
        """;

    /// <summary>Values by <c>name{label=value}</c>, as the client library of Prometheus reads the text.</summary>
    public static IReadOnlyDictionary<string, double> PrometheusSamples(string text)
    {
        var (status, output, errors) = Run("/usr/bin/python3", text, "-c", ReadMetrics);
        Assert.True(status == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .ToDictionary(line => line[0], line => double.Parse(line[1], CultureInfo.InvariantCulture));
    }

    /// <summary>dcmtk's storescu; its exit status.</summary>
    public static async Task<int> StoreScuAsync(string callingAeTitle, int port, IReadOnlyList<string> files)
    {
        var start = new ProcessStartInfo(
            "storescu",
            ["-q", "-aet", callingAeTitle, "-aec", ServingAppliance.Title, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), .. files])
        {
            RedirectStandardError = true,
        };
        // Without it Nagle's algorithm and the delayed acknowledgement wait for each other.
        start.Environment["TCP_NODELAY"] = "1";
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public static (int Status, string Output, string Errors) Run(string program, string input, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
