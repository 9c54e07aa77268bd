using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.DicomWeb;

/// <summary>Orthanc's DICOMweb plugin as user of our service, and as the service that we use.</summary>
public sealed class OrthancDicomWebTests : IDisposable
{
    private const string Us = "us";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-orthanc-web-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Orthanc_stores_to_us_searches_us_and_retrieves_from_us_what_it_had_sent()
    {
        await using var orthanc = await Orthanc.StartAsync(At("orthanc"));
        await using var appliance = await ServingAppliance.StartAsync(At("data"));
        await orthanc.AddWebAsync(Us, new Uri(appliance.Web, "dicom-web/"));
        var slices = new CompressedSlices("1.2.826.0.1.3680043.8.498.311.1");
        var numbers = new List<string>();
        foreach (var path in slices.Write(At("series")))
        {
            numbers.Add(await orthanc.ImportAsync(path));
        }

        await orthanc.UseWebAsync(Us, "stow", new { Resources = numbers, Synchronous = true });
        var studies = await orthanc.UseWebAsync(Us, "qido", new
        {
            Uri = "/studies",
            Arguments = new { PatientName = "王*", includefield = "StudyDescription" },
        });
        var instances = await orthanc.UseWebAsync(Us, "qido", new { Uri = $"/studies/{slices.StudyUid}/instances" });
        await orthanc.EmptyAsync();
        await orthanc.UseWebAsync(Us, "retrieve", new
        {
            Resources = new[] { new { Study = slices.StudyUid } },
            HttpHeaders = new { Accept = "multipart/related; type=\"application/dicom\"; transfer-syntax=*" },
            Synchronous = true,
        });

        var study = Assert.Single(studies.EnumerateArray());
        // Of a name in JSON it shows the alphabetic group only.
        Assert.Equal("Wang^XiaoDong", Value(study, "00100010"));
        Assert.Equal("腹部增强", Value(study, "00081030"));
        Assert.Equal(
            Enumerable.Range(0, CompressedSlices.Syntaxes.Count).Select(slices.InstanceUid),
            instances.EnumerateArray().Select(found => Value(found, "00080018")).Order(StringComparer.Ordinal));
        for (var slice = 0; slice < CompressedSlices.Syntaxes.Count; slice++)
        {
            var number = await orthanc.FindAsync(slices.InstanceUid(slice));
            Assert.NotNull(number);
            var came = DicomFile.Open(await orthanc.FileAsync(number));
            Assert.Equal(CompressedSlices.Syntaxes[slice], came.TransferSyntax);
            slices.AssertSame(slice, came);
        }
    }

    [Fact]
    public async Task Results_go_to_Orthanc_by_STOW_and_are_delivered_when_QIDO_finds_them()
    {
        await using var pacs = await Orthanc.StartAsync(At("orthanc"));
        await using var appliance = await ServingAppliance.StartAsync(
            At("data"), "--accept", "MODALITY@127.0.0.1", "--dicomweb", pacs.DicomWeb.AbsoluteUri);
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.311.2");
        var (status, output) = await Dcmtk.RunAsync("storescu", [
            "-aet", "MODALITY", "-aec", ServingAppliance.Title, "127.0.0.1", $"{appliance.DicomPort}", .. study.Write(At("series"))]);
        Assert.True(status == 0, output);

        var sheet = await appliance.UntilDeliveredAsync(study.StudyUid);

        Assert.NotEmpty(sheet.Deliveries);
        Assert.All(sheet.Deliveries, delivery => Assert.Equal(DeliveryProof.Qido, delivery.Proof));
        var objects = sheet.Evidence.Where(e => e.SopInstanceUid.Length > 0).ToList();
        using var client = new DicomWebClient(new DicomWebClientOptions { Root = pacs.DicomWeb });
        var came = await RetrieveAsync(client, $"studies/{study.StudyUid}");
        Assert.Equal(objects.Select(e => e.SopInstanceUid).Order(), came.Keys.Order());
        foreach (var evidence in objects)
        {
            DatasetBytes.AssertSame(Path.Combine(appliance.Data, evidence.Path), came[evidence.SopInstanceUid]);
        }

        // A viewer that asks the appliance itself finds the results beside the images.
        using var own = new DicomWebClient(new DicomWebClientOptions { Root = new Uri(appliance.Web, "dicom-web") });
        var series = Given(await own.SearchAsync($"studies/{study.StudyUid}/series", [], CancellationToken.None));
        Assert.Equal(["CT", "DOC", "OT", "SEG", "SEG", "SR"], series.Select(one => one.GetString(DicomTag.Modality)).Order());
        Assert.All(series, one => Assert.NotEmpty(one.GetString(DicomTag.SeriesNumber)));
    }

    [Fact]
    public async Task Our_client_stores_to_Orthanc_searches_it_and_retrieves_every_syntax_and_frame_unharmed()
    {
        await using var orthanc = await Orthanc.StartAsync(At("orthanc"));
        var slices = new CompressedSlices("1.2.826.0.1.3680043.8.498.311.3");
        var files = slices.Write(At("series"));
        using var client = new DicomWebClient(new DicomWebClientOptions { Root = orthanc.DicomWeb });

        var stored = Given(await client.StoreAsync(files, CancellationToken.None));
        var found = Given(await client.SearchAsync(
            "studies", [("PatientName", "Wang*"), ("includefield", "StudyDescription")], CancellationToken.None));
        var metadata = Given(await client.MetadataAsync($"studies/{slices.StudyUid}", CancellationToken.None));
        var came = await RetrieveAsync(client, $"studies/{slices.StudyUid}");

        Assert.All(stored, reference => Assert.Null(reference.FailureReason));
        Assert.Equal(Enumerable.Range(0, files.Count).Select(slices.InstanceUid), stored.Select(one => one.SopInstanceUid).Order());
        Assert.Equal(CompressedSlices.PatientName, Assert.Single(found).GetString(DicomTag.PatientName));
        Assert.Equal("腹部增强", found[0].GetString(DicomTag.StudyDescription));
        Assert.Equal(files.Count, metadata.Count);
        Assert.All(metadata, one => Assert.Equal(CompressedSlices.PatientName, one.GetString(DicomTag.PatientName)));
        for (var slice = 0; slice < files.Count; slice++)
        {
            var file = DicomFile.Open(came[slices.InstanceUid(slice)]);
            Assert.Equal(CompressedSlices.Syntaxes[slice], file.TransferSyntax);
            slices.AssertSame(slice, file);
        }

        var frames = new List<byte[]>();
        var count = Given(await client.RetrieveAsync(
            $"studies/{slices.StudyUid}/series/{slices.SeriesUid}/instances/{slices.InstanceUid(0)}/frames/2,1",
            "multipart/related; type=\"application/octet-stream\"",
            async (part, token) => frames.Add(await BytesAsync(part, token)), CancellationToken.None));
        Assert.Equal(2, count);
        var half = 2 * CompressedSlices.Size * CompressedSlices.Size;
        var pixels = slices.Slice(0).GetBytes(DicomTag.PixelData).ToArray();
        Assert.Equal([pixels[half..], pixels[..half]], frames);
    }

    private static string? Value(JsonElement found, string tag) => found.GetProperty(tag).GetProperty("Value").ToString();

    private static T Given<T>(WebAnswer<T> answer) =>
        answer is WebAnswer<T>.Given given ? given.Value : throw new Xunit.Sdk.XunitException(answer.ToString()!);

    /// <summary>Everything below a path as files, by SOP instance UID.</summary>
    private async Task<Dictionary<string, string>> RetrieveAsync(DicomWebClient client, string path)
    {
        var files = new Dictionary<string, string>();
        var into = Directory.CreateDirectory(At("came")).FullName;
        Given(await client.RetrieveAsync(
            path, "multipart/related; type=\"application/dicom\"; transfer-syntax=*",
            async (part, token) =>
            {
                var file = Path.Combine(into, $"{files.Count}.dcm");
                await File.WriteAllBytesAsync(file, await BytesAsync(part, token), token);
                files.Add(DicomFile.Open(file).Dataset.GetString(DicomTag.SOPInstanceUID), file);
            },
            CancellationToken.None));
        return files;
    }

    private static async Task<byte[]> BytesAsync(MultipartPart part, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await part.Content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
