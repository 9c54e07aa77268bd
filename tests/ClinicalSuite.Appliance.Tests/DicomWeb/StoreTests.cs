using System.Net;
using System.Text;
using ClinicalSuite.Appliance.Tests.Pipeline;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Store;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.DicomWeb;

/// <summary>STOW-RS (PS3.18 10.5).</summary>
public sealed class StoreTests
{
    private static readonly SyntheticStudy Study = new("1.2.826.0.1.3680043.8.498.80.1");

    [Fact]
    public async Task What_the_answer_names_is_journalled_durable_and_can_be_had_again()
    {
        await using var host = await WebHost.StartAsync();
        string[] files = [host.Write(Study, 0), host.Write(Study, 1), host.Write(Study, 2)];

        using var answer = await host.StowAsync(files);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var response = await WebHost.JsonAsync(answer);
        Assert.EndsWith($"dicom-web/studies/{Study.Uid}", response.GetString(DicomTag.RetrieveURL), StringComparison.Ordinal);
        var references = response.GetSequence(DicomTag.ReferencedSOPSequence);
        Assert.Equal(3, references.Count);
        Assert.Equal(3, host.Journal.Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Scratch("data"), "incoming")));
        foreach (var (path, reference) in files.Zip(references))
        {
            using var got = await host.GetAsync(reference.GetString(DicomTag.RetrieveURL), "application/dicom; transfer-syntax=*");
            Assert.Equal(DataSetOf(await File.ReadAllBytesAsync(path)), DataSetOf(await got.Content.ReadAsByteArrayAsync()));
        }

        var sender = await host.Services.GetRequiredService<StudyCatalogue>().FindAsync(Study.Uid, CancellationToken.None);
        Assert.Equal(3, sender!.InstanceCount);
        Assert.Contains(await host.AuditAsync(), record => record is { Action: "receive", IsSuccess: true });
    }

    [Fact]
    public async Task The_same_again_is_success_and_nothing_new()
    {
        await using var host = await WebHost.StartAsync();
        var path = host.Write(Study, 0);

        (await host.StowAsync(path, path)).EnsureSuccessStatusCode();
        (await host.StowAsync(path)).EnsureSuccessStatusCode();

        Assert.Single(host.Journal);
    }

    [Fact]
    public async Task Of_a_mixed_request_the_good_are_kept_and_the_others_have_their_reasons()
    {
        await using var host = await WebHost.StartAsync();
        var good = host.Write(Study, 0);
        var cut = (await File.ReadAllBytesAsync(host.Write(Study, 1)))[..500];
        var noStudy = await File.ReadAllBytesAsync(host.Write(Study, 2, dataset => dataset.Remove(DicomTag.StudyInstanceUID)));

        using var answer = await host.PostAsync(
            "studies", await File.ReadAllBytesAsync(good), cut, "no DICOM at all"u8.ToArray(), noStudy);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var response = await WebHost.JsonAsync(answer);
        Assert.Single(response.GetSequence(DicomTag.ReferencedSOPSequence));
        Assert.Equal([0xC000, 0xC000], response.GetSequence(DicomTag.FailedSOPSequence).Select(i => i.GetInt(DicomTag.FailureReason)));
        Assert.Equal(0xC000, Assert.Single(response.GetSequence(DicomTag.OtherFailuresSequence)).GetInt(DicomTag.FailureReason));
        Assert.Single(host.Journal);
    }

    [Fact]
    public async Task An_instance_of_another_study_than_the_address_names_is_refused()
    {
        await using var host = await WebHost.StartAsync();

        using var refused = await host.StowAsync("studies/1.2.3", [host.Write(Study, 0)]);
        using var taken = await host.StowAsync($"studies/{Study.Uid}", [host.Write(Study, 0)]);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var failure = Assert.Single((await WebHost.JsonAsync(refused)).GetSequence(DicomTag.FailedSOPSequence));
        Assert.Equal(0xA900, failure.GetInt(DicomTag.FailureReason));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Single(host.Journal);
    }

    [Theory]
    [InlineData("multipart/related; type=\"application/dicom\"", "--cut--", 400)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=other", "--cut\r\n\r\nx\r\n--cut--", 400)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=cut", "--cut--", 400)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=cut", "", 400)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=cut", "--cut\r\n\r\nno end", 400)]
    [InlineData("multipart/related; type=\"image/png\"; boundary=cut", "--cut--", 415)]
    [InlineData("application/dicom", "DICM", 415)]
    [InlineData("nonsense", "DICM", 415)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=cut", "--cut\r\nContent-Type: image/png\r\n\r\nx\r\n--cut--", 409)]
    public async Task A_malformed_request_is_named_and_the_server_goes_on(string type, string body, int status)
    {
        await using var host = await WebHost.StartAsync();

        using var answer = await host.PostBodyAsync("studies", Encoding.ASCII.GetBytes(body), type);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 0);
        Assert.Empty(host.Journal);
        (await host.StowAsync(host.Write(Study, 0))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task What_came_before_the_body_broke_is_kept_and_named()
    {
        await using var host = await WebHost.StartAsync();
        var file = await File.ReadAllBytesAsync(host.Write(Study, 0));
        byte[] body = [.. "--cut\r\n\r\n"u8, .. file, .. "\r\n--cut\r\n\r\n"u8, .. file[..300]];

        using var answer = await host.PostBodyAsync(
            "studies", body, "multipart/related; type=\"application/dicom\"; boundary=cut");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single((await WebHost.JsonAsync(answer)).GetSequence(DicomTag.ReferencedSOPSequence));
        Assert.Contains("closing delimiter", answer.Headers.Warning.ToString(), StringComparison.Ordinal);
        Assert.Single(host.Journal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_so()
    {
        await using var host = await WebHost.StartAsync(settings => settings with { StowBytes = 1000 });

        using var answer = await host.StowAsync(host.Write(Study, 0), host.Write(Study, 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(host.Journal);
    }

    [Fact]
    public async Task Nested_and_lying_files_are_refused_and_the_server_goes_on()
    {
        await using var host = await WebHost.StartAsync();
        var file = await File.ReadAllBytesAsync(host.Write(Study, 0, dataset => dataset.Remove(DicomTag.PixelData)));
        // 5000 sequences within sequences that never end; a value longer than anything.
        byte[] nest = [.. Enumerable.Repeat<byte[]>(
            [0x40, 0x00, 0x30, 0xA7, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF], 5000)
            .SelectMany(bytes => bytes)];
        byte[] lie = [0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 1, 2];

        using var answer = await host.PostAsync("studies", [.. file, .. nest], [.. file, .. lie]);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(2, (await WebHost.JsonAsync(answer)).GetSequence(DicomTag.FailedSOPSequence).Count);
        (await host.StowAsync(host.Write(Study, 1))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Our_own_client_sends_files_and_reads_what_became_of_each()
    {
        await using var host = await WebHost.StartAsync();
        using var client = host.Dicom();
        var bad = host.Write(Study, 1, dataset => dataset.Remove(DicomTag.SeriesInstanceUID));

        var answer = await client.StoreAsync(
            [host.Write(Study, 0), bad], CancellationToken.None);

        var references = Assert.IsType<WebAnswer<IReadOnlyList<StoredReference>>.Given>(answer).Value;
        Assert.Equal([null, 0xC000], references.Select(reference => reference.FailureReason));
    }

    private static byte[] DataSetOf(byte[] file) =>
        file[(144 + (int)BitConverter.ToUInt32(file.AsSpan(140)))..];
}
