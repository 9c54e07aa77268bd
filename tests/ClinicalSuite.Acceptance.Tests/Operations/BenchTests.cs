using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

/// <summary><c>clinicalsuite bench</c>: one line of JSON a kernel. How fast a kernel is no test says.</summary>
public sealed class BenchTests : IDisposable
{
    private static readonly string[] Keys = ["name", "seconds", "runs", "threads", "bytes"];

    private readonly string folder = Directory.CreateTempSubdirectory("bench").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("dicom-parse")]
    [InlineData("durable-write")]
    public async Task A_kernel_gives_one_line_of_JSON_and_leaves_nothing_behind(string kernel)
    {
        var files = new SmallAbdomen("2.25.41").Write(folder);

        var run = await CliProgram.RunAsync("bench", kernel, "--input", folder, "--threads", "2");

        Assert.True(run.Status == 0, run.Errors);
        using var line = JsonDocument.Parse(run.Output);
        Assert.Equal(Keys, line.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(kernel, line.RootElement.GetProperty("name").GetString());
        Assert.True(line.RootElement.GetProperty("seconds").GetDouble() > 0);
        Assert.True(line.RootElement.GetProperty("runs").GetInt32() >= 3);
        Assert.Equal(2, line.RootElement.GetProperty("threads").GetInt32());
        if (kernel == "dicom-parse")
        {
            Assert.Equal(files.Sum(file => new FileInfo(file).Length), line.RootElement.GetProperty("bytes").GetInt64());
        }

        Assert.Equal(files.Count, Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Bench_alone_lists_the_kernels_and_an_unknown_one_is_misuse()
    {
        var list = await CliProgram.RunAsync("bench");
        var unknown = await CliProgram.RunAsync("bench", "quick");

        Assert.Equal(0, list.Status);
        Assert.Contains("vesselness256", list.Output, StringComparison.Ordinal);
        Assert.Equal(2, unknown.Status);
        Assert.Contains("no kernel is called quick", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_DICOM_files_is_refused()
    {
        var run = await CliProgram.RunAsync("bench", "dicom-parse", "--input", folder);

        Assert.Equal(3, run.Status);
        Assert.Contains("no DICOM file", run.Errors, StringComparison.Ordinal);
    }
}
