using ClinicalSuite.Pipeline;
using ClinicalSuite.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Appliance.Host;

/// <summary>The pipeline on a data folder, until it is ended. Settings are those of <see cref="MisbehavingAnalysis"/>.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(string data, IReadOnlyList<string> settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        builder.Services.AddPipeline(Settings(data, settings), MisbehavingAnalysis.All);
        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }

    /// <summary>Settings for tests: short waits, this program as the child.</summary>
    internal static PipelineSettings Settings(string data, IReadOnlyList<string> analysis) => new()
    {
        Store = new StoreSettings { DataFolder = data, Watermarks = DiskWatermarks.None },
        Pacs = [new DicomDestination("PACS", "127.0.0.1", 104)],
        Ris = [new MllpDestination("127.0.0.1", 2575)],
        SettleTime = TimeSpan.FromMilliseconds(200),
        QuietTime = TimeSpan.FromSeconds(2),
        RunMemoryBytes = 1L << 30,
        ChildProgram = Path.Combine(AppContext.BaseDirectory, "ClinicalSuite.Appliance.Host"),
        AnalysisSettings = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["misbehaving"] = analysis.Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
        },
    };
}
