using System.Net;
using System.Text.Json;
using ClinicalSuite.Appliance.Tests.Pipeline;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.DicomWeb;

/// <summary>WADO-RS (PS3.18 10.4).</summary>
public sealed class RetrieveTests
{
    private const string Study = "1.2.826.0.1.3680043.8.498.80.2";
    private static readonly SyntheticStudy Slices = new(Study);
    private static readonly string Series = $"studies/{Study}/series/{Slices.SeriesUid}";
    private static readonly string First = $"{Series}/instances/{Slices.SeriesUid}.1";

    [Fact]
    public async Task A_study_comes_in_parts_each_in_the_syntax_that_was_asked_for()
    {
        await using var host = await StoredAsync();
        var rle = DicomPixelData.Encode(Slices.Slice(7), DicomTransferSyntax.RLELossless);
        var path = host.Scratch("rle.dcm");
        DicomFile.Create(rle, DicomTransferSyntax.RLELossless).Save(path);
        (await host.StowAsync(path)).EnsureSuccessStatusCode();

        using var native = await host.GetAsync($"studies/{Study}", "multipart/related; type=\"application/dicom\"");
        using var stored = await host.GetAsync($"studies/{Study}", "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
        using var packed = await host.GetAsync(Series, $"multipart/related; type=\"application/dicom\"; transfer-syntax={DicomUID.RLELossless}");

        string[] all = [.. Enumerable.Repeat(DicomUID.ExplicitVRLittleEndian, 4)];
        Assert.Equal(all, await SyntaxesAsync(native));
        Assert.Equal([.. all[..3], DicomUID.RLELossless], await SyntaxesAsync(stored));
        Assert.Equal([.. Enumerable.Repeat(DicomUID.RLELossless, 4)], await SyntaxesAsync(packed));
    }

    [Fact]
    public async Task What_cannot_be_had_is_told_with_what_there_is()
    {
        await using var host = await StoredAsync();

        using var syntax = await host.GetAsync(First, "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.100");
        using var type = await host.GetAsync(First, "text/html");
        using var absent = await host.GetAsync($"{Series}/instances/1.2.3", "*/*");
        using var path = await host.GetAsync($"{Series}/instances/..%2F..%2Fetc", "*/*");
        using var frame = await host.GetAsync(First + "/frames/2", "*/*");
        using var noNumber = await host.GetAsync(First + "/frames/0", "*/*");

        Assert.Equal(HttpStatusCode.NotAcceptable, syntax.StatusCode);
        Assert.Contains("application/dicom", await type.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotAcceptable, type.StatusCode);
        Assert.Equal([404, 404, 404, 400], new[] { absent, path, frame, noNumber }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task One_instance_can_be_had_in_ranges_and_is_not_sent_again_when_it_is_known()
    {
        await using var host = await StoredAsync();
        using var whole = await host.GetAsync(First, "application/dicom");
        var bytes = await whole.Content.ReadAsByteArrayAsync();

        using var ranged = new HttpRequestMessage(HttpMethod.Get, First);
        ranged.Headers.TryAddWithoutValidation("Accept", "application/dicom");
        ranged.Headers.TryAddWithoutValidation("Range", "bytes=128-131");
        using var part = await host.Client.SendAsync(ranged);
        using var known = new HttpRequestMessage(HttpMethod.Get, First);
        known.Headers.TryAddWithoutValidation("Accept", "application/dicom");
        known.Headers.TryAddWithoutValidation("If-None-Match", whole.Headers.ETag!.ToString());
        using var unchanged = await host.Client.SendAsync(known);

        Assert.Equal(bytes[128..132], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Metadata_name_their_bulk_and_the_bulk_is_there()
    {
        await using var host = await StoredAsync();

        using var answer = await host.GetAsync($"studies/{Study}/metadata", "application/dicom+json");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(3, json.RootElement.GetArrayLength());
        var first = json.RootElement[0];
        Assert.Equal("Test^Patient", first.GetProperty("00100010").GetProperty("Value")[0].GetProperty("Alphabetic").GetString());
        var uri = first.GetProperty("7FE00010").GetProperty("BulkDataURI").GetString()!;
        using var bulk = await host.GetAsync(uri, "application/octet-stream");
        using var parts = await host.GetAsync(uri, "multipart/related; type=\"application/octet-stream\"");

        var pixels = Slices.Slice(0).GetBytes(DicomTag.PixelData).ToArray();
        Assert.Equal(pixels, await bulk.Content.ReadAsByteArrayAsync());
        Assert.Equal(pixels, Assert.Single(await WebHost.PartsAsync(parts)).Content);
        using var absent = await host.GetAsync(First + "/bulkdata/00880200/0/7FE00010", "*/*");
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Fact]
    public async Task Frames_come_native_or_as_they_are_stored()
    {
        await using var host = await WebHost.StartAsync();
        var dataset = Slices.Slice(0).AddOrUpdate(DicomTag.NumberOfFrames, "3")
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, [.. Enumerable.Range(0, 3 * 512).Select(i => (byte)(i / 100))]);
        var path = host.Scratch("frames.dcm");
        DicomFile.Create(DicomPixelData.Encode(dataset, DicomTransferSyntax.RLELossless), DicomTransferSyntax.RLELossless).Save(path);
        (await host.StowAsync(path)).EnsureSuccessStatusCode();
        var frames = dataset.GetBytes(DicomTag.PixelData).ToArray().Chunk(512).ToList();

        using var native = await host.GetAsync(First + "/frames/3,1", "multipart/related; type=\"application/octet-stream\"");
        using var stored = await host.GetAsync(First + "/frames/2", "multipart/related; type=\"image/dicom-rle\"");
        using var any = await host.GetAsync(First + "/frames/2", "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*");
        using var single = await host.GetAsync(First + "/frames/2", "application/octet-stream");
        using var jpeg = await host.GetAsync(First + "/frames/2", "multipart/related; type=\"image/jls\"");

        Assert.Equal([frames[2], frames[0]], (await WebHost.PartsAsync(native)).Select(part => part.Content));
        var encoded = DicomPixelData.Create(DicomFile.Open(path)).GetEncodedFrame(1).ToArray();
        var part = Assert.Single(await WebHost.PartsAsync(stored));
        Assert.Equal(encoded, part.Content);
        Assert.Contains(DicomUID.RLELossless, part.Type, StringComparison.Ordinal);
        Assert.Equal(encoded, Assert.Single(await WebHost.PartsAsync(any)).Content);
        Assert.Equal(frames[1], await single.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotAcceptable, jpeg.StatusCode);
        Assert.Contains("image/dicom-rle", await jpeg.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_come_as_JPEG_or_PNG_in_the_window_and_size_that_are_asked_for()
    {
        await using var host = await StoredAsync();

        using var jpeg = await host.GetAsync(First + "/rendered?quality=100&window=1000,200,linear", "image/*");
        using var png = await host.GetAsync(First + "/frames/1/rendered?viewport=8,8", "image/png");
        using var thumbnail = await host.GetAsync($"studies/{Study}/thumbnail", "*/*");
        using var bad = await host.GetAsync(First + "/rendered?window=1,x", "*/*");
        using var negative = await host.GetAsync(First + "/rendered?viewport=-1,8", "*/*");

        Assert.Equal([0xFF, 0xD8, 0xFF], (await jpeg.Content.ReadAsByteArrayAsync())[..3]);
        Assert.Equal("image/jpeg", jpeg.Content.Headers.ContentType!.MediaType);
        var bytes = await png.Content.ReadAsByteArrayAsync();
        Assert.Equal([0, 0, 0, 8, 0, 0, 0, 8, 8, 0], bytes[16..26]);
        Assert.Equal("image/jpeg", thumbnail.Content.Headers.ContentType!.MediaType);
        Assert.Equal([400, 400], new[] { bad, negative }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task A_client_that_goes_away_is_no_defect()
    {
        await using var host = await StoredAsync();
        using (var leaving = await host.Client.GetAsync($"studies/{Study}", HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.OK, leaving.StatusCode);
        }

        using var next = await host.GetAsync(First, "application/dicom");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    private static async Task<WebHost> StoredAsync()
    {
        var host = await WebHost.StartAsync();
        (await host.StowAsync([.. Enumerable.Range(0, 3).Select(slice => host.Write(Slices, slice))])).EnsureSuccessStatusCode();
        return host;
    }

    private static async Task<List<string>> SyntaxesAsync(HttpResponseMessage answer)
    {
        var parts = await WebHost.PartsAsync(answer);
        return [.. parts.Select(part => DicomFile.Open(part.Content))
            .OrderBy(file => file.Dataset.GetInt(DicomTag.InstanceNumber)).Select(file => file.TransferSyntax.Uid)];
    }
}
