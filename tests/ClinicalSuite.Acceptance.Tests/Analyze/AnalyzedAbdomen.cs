using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Analyze;

/// <summary>The small abdomen and its results with arrays, made once for the tests that start from them.</summary>
public sealed class AnalyzedAbdomen : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("clinicalsuite-analyzed-").FullName;

    public string Images => Path.Combine(folder, "ct");

    public async ValueTask InitializeAsync()
    {
        new SmallAbdomen("2.25.30").Write(Images);
        var run = await CliProgram.RunAsync("analyze", "liver-vessels", Images, "--out", Result(""), "--arrays", "--threads", "1");
        Assert.True(run.Status == 0, run.Errors);
    }

    public string Result(string name) => Path.Combine(folder, "out", name);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
