using System.Net;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>A data disk of 50 MB that fills up, by watermark and without one.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Watermarks =
        """{ "disk": { "warnFreeShare": 0.4, "refuseFreeShare": 0.2, "reserveBytes": 1000000 } }""";

    private const string NoWatermarks = """{ "disk": { "warnFreeShare": 0, "refuseFreeShare": 0, "reserveBytes": 0 } }""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-full-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Above_the_watermarks_it_warns_then_refuses_and_goes_on_by_itself_when_there_is_space_again()
    {
        using var disk = SmallDisk.Mount(50);
        var sent = new SentObjects(folder.CreateSubdirectory("sent").FullName, pixelBytes: 500_000);
        await using var appliance = await StartAsync(disk, Watermarks);
        Assert.Equal((HttpStatusCode.OK, "ready"), await ReadyAsync(appliance));
        while (await ReadyAsync(appliance) is (HttpStatusCode.OK, "ready"))
        {
            await sent.SendAsync(appliance.DicomPort, 1, 4);
        }

        Assert.Equal((HttpStatusCode.OK, "disk-low"), await ReadyAsync(appliance));
        Assert.Contains("The data disk is filling up.", await appliance.PageAsync("/"), StringComparison.Ordinal);
        Assert.Equal([0], sent.Answers.Keys);

        await sent.SendAsync(appliance.DicomPort, 4, 20);

        Assert.Equal([0, 0xA700], sent.Answers.Keys.Select(code => (int)code).Order());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "disk-full"), await ReadyAsync(appliance));
        Assert.Contains("The data disk is full", await appliance.PageAsync("/"), StringComparison.Ordinal);
        await sent.AssertKeptAsync(Data(disk));
        Assert.Equal((HttpStatusCode.InsufficientStorage, true), await StowAsync(appliance));

        disk.Grow(100);
        var before = sent.Acknowledged.Count;
        await sent.SendAsync(appliance.DicomPort, 4, 2);
        Assert.Equal(before + 8, sent.Acknowledged.Count);
        Assert.Equal((HttpStatusCode.OK, "ready"), await ReadyAsync(appliance));
        await sent.AssertKeptAsync(Data(disk));
        Assert.Equal((HttpStatusCode.OK, false), await StowAsync(appliance));
    }

    [Fact]
    public async Task A_disk_without_one_byte_left_loses_nothing_acknowledged_and_the_service_goes_on_when_there_is_space_again()
    {
        using var disk = SmallDisk.Mount(50);
        var sent = new SentObjects(folder.CreateSubdirectory("sent").FullName, pixelBytes: 500_000);
        await using var appliance = await StartAsync(disk, NoWatermarks);

        await sent.SendAsync(appliance.DicomPort, 4, 40);

        Assert.Equal([0, 0xA700], sent.Answers.Keys.Select(code => (int)code).Order());
        await sent.AssertKeptAsync(Data(disk));

        disk.Grow(100);
        var before = sent.Acknowledged.Count;
        await sent.SendAsync(appliance.DicomPort, 4, 2);
        Assert.Equal(before + 8, sent.Acknowledged.Count);
        await sent.AssertKeptAsync(Data(disk));
    }

    private static string Data(SmallDisk disk) => Path.Combine(disk.Path, "data");

    private async Task<ServingAppliance> StartAsync(SmallDisk disk, string settings)
    {
        var path = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(path, settings);
        return await ServingAppliance.StartAsync(
            Data(disk), "--settings", path, "--accept", $"{SentObjects.Sender}@127.0.0.1");
    }

    /// <summary>What STOW-RS answers, and whether it says when to come again.</summary>
    private async Task<(HttpStatusCode Status, bool HasRetryAfter)> StowAsync(ServingAppliance appliance)
    {
        using var body = new MultipartContent("related", "cut");
        body.Headers.ContentType!.Parameters.Add(new("type", "\"application/dicom\""));
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.311.5");
        var slice = new ByteArrayContent(await File.ReadAllBytesAsync(study.Write(folder.FullName, [0])[0]));
        slice.Headers.ContentType = new("application/dicom");
        body.Add(slice);
        using var client = new HttpClient { BaseAddress = appliance.Web };
        using var answer = await client.PostAsync("dicom-web/studies", body);
        return (answer.StatusCode, answer.Headers.RetryAfter is not null);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(ServingAppliance appliance)
    {
        using var client = new HttpClient { BaseAddress = appliance.Web };
        using var answer = await client.GetAsync("/ready");
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("status").GetString()!);
    }
}
