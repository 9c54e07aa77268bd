using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

/// <summary>What a watchdog sees of the running program, and that it sees no patient.</summary>
public sealed class MonitoringTests : IDisposable
{
    private const string Name = "Verborgen^Piet";

    private readonly string folder = Directory.CreateTempSubdirectory("monitoring").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Metrics_are_what_Prometheus_reads_and_count_what_came_and_what_was_refused()
    {
        await using var appliance = await ServingAppliance.StartAsync(In("data"), "--accept", "SCANNER@127.0.0.1");
        var files = new SmallAbdomen("2.25.51") { PatientName = Name }.Write(In("study"), [0, 1, 2]);
        await SendAsync(appliance, "SCANNER", 0, files);
        await SendAsync(appliance, "SCANNER", 0, files);
        await SendAsync(appliance, "STRANGER", 1, files);
        await appliance.UntilAsync("2.25.51", sheet => sheet.Study.InstanceCount == 3);

        var text = await appliance.PageAsync("/metrics");

        Assert.DoesNotContain("Verborgen", text, StringComparison.Ordinal);
        var samples = Peers.PrometheusSamples(text);
        Assert.Equal(3, samples["clinicalsuite_objects_received_total{outcome=stored}"]);
        Assert.Equal(3, samples["clinicalsuite_objects_received_total{outcome=known}"]);
        Assert.Equal(files.Sum(file => new FileInfo(file).Length), samples["clinicalsuite_received_bytes_total{}"], 3000.0);
        Assert.Equal(2, samples["clinicalsuite_associations_total{end=released}"]);
        Assert.Equal(1, samples["clinicalsuite_associations_total{end=rejected}"]);
        Assert.Equal(3, samples["clinicalsuite_durable_seconds_count{}"]);
        Assert.Equal(3, samples["clinicalsuite_durable_seconds_bucket{le=+Inf}"]);
        Assert.Equal(1, samples["clinicalsuite_studies{}"]);
        Assert.Equal(0, samples["clinicalsuite_deliveries{state=failed}"]);
        Assert.True(samples["clinicalsuite_disk_free_bytes{}"] > 0);
        Assert.True(samples["process_resident_memory_bytes{}"] > 1 << 20);
    }

    [Fact]
    public async Task Metrics_ask_for_a_token_where_pages_ask_for_a_sign_in_but_health_and_ready_do_not()
    {
        await File.WriteAllTextAsync(In("settings.json"), """{ "signIn": true }""", TestContext.Current.CancellationToken);
        await using var appliance = await ServingAppliance.StartAsync(In("data"), "--settings", In("settings.json"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = appliance.Web };

        Assert.Equal(302, (int)(await client.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(200, (int)(await client.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(200, (int)(await client.GetAsync("/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_log_as_JSON_has_one_object_a_line_with_its_event_and_no_patient()
    {
        await File.WriteAllTextAsync(
            In("settings.json"), """{ "logFormat": "json", "logLevel": "debug" }""", TestContext.Current.CancellationToken);
        await using var appliance = await ServingAppliance.StartAsync(
            In("data"), "--settings", In("settings.json"), "--accept", "SCANNER@127.0.0.1");
        await SendAsync(appliance, "SCANNER", 0, new SmallAbdomen("2.25.52") { PatientName = Name }.Write(In("study"), [0]));
        await appliance.UntilAsync("2.25.52", sheet => sheet.Study.InstanceCount == 1);
        Assert.Equal(0, await appliance.StopAsync());

        var lines = appliance.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var events = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("EventId").GetInt32()).ToList();
        Assert.Contains(2000, events);
        Assert.Contains(3000, events);
        Assert.DoesNotContain("Verborgen", appliance.Log, StringComparison.Ordinal);
    }

    private static async Task SendAsync(ServingAppliance appliance, string caller, int status, IReadOnlyList<string> files) =>
        Assert.Equal(status, await Peers.StoreScuAsync(caller, appliance.DicomPort, files));

    private string In(string name) => Path.Combine(folder, name);
}
