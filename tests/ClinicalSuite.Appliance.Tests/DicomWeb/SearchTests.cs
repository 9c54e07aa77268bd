using System.Net;
using ClinicalSuite.Appliance.Tests.Pipeline;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.DicomWeb;

/// <summary>QIDO-RS (PS3.18 10.6), asked by our own client.</summary>
public sealed class SearchTests
{
    private const string Root = "1.2.826.0.1.3680043.8.498.81.";

    [Fact]
    public async Task Studies_are_found_by_name_in_any_writing_date_and_list_of_UIDs()
    {
        await using var host = await ThreeStudiesAsync();

        Assert.Equal(["1"], await FindAsync(host, "studies", ("PatientName", "王*")));
        Assert.Equal(["1"], await FindAsync(host, "studies", ("PatientName", "wang*")));
        Assert.Equal(["2"], await FindAsync(host, "studies", ("00100010", "M?ller*")));
        Assert.Equal(["2"], await FindAsync(host, "studies", ("PatientName", "Moller"), ("fuzzymatching", "true")));
        Assert.Equal(["2", "3"], await FindAsync(host, "studies", ("StudyDate", "20260201-20260331")));
        Assert.Equal(["1", "3"], await FindAsync(host, "studies", ("StudyInstanceUID", $"{Root}1,{Root}3,1.2.3")));
        Assert.Equal(["1", "2", "3"], await FindAsync(host, "studies", ("ModalitiesInStudy", "CT")));
        Assert.Empty(await FindAsync(host, "studies", ("PatientID", "nobody")));
        using var empty = await host.GetAsync("studies?PatientID=nobody", "application/dicom+json");
        Assert.Equal(HttpStatusCode.NoContent, empty.StatusCode);
    }

    [Fact]
    public async Task Each_level_has_its_attributes_its_counts_and_an_address()
    {
        await using var host = await ThreeStudiesAsync();

        var study = Assert.Single(await SearchAsync(host, "studies", ("StudyInstanceUID", Root + "1")));
        var series = Assert.Single(await SearchAsync(host, $"studies/{Root}1/series"));
        var instances = await SearchAsync(host, $"studies/{Root}1/series/{Root}1.1/instances");

        Assert.Equal("Wang^XiaoDong=王^小东", study.GetString(DicomTag.PatientName));
        Assert.Equal((1, 2), (study.GetInt(DicomTag.NumberOfStudyRelatedSeries), study.GetInt(DicomTag.NumberOfStudyRelatedInstances)));
        Assert.Equal("ONLINE", study.GetString(DicomTag.InstanceAvailability));
        Assert.Equal(2, series.GetInt(DicomTag.NumberOfSeriesRelatedInstances));
        Assert.Equal([16, 16], instances.Select(instance => instance.GetInt(DicomTag.Rows)));
        Assert.EndsWith($"/studies/{Root}1/series/{Root}1.1/instances/{Root}1.1.1", instances[0].GetString(DicomTag.RetrieveURL), StringComparison.Ordinal);
        using var metadata = await host.GetAsync(instances[1].GetString(DicomTag.RetrieveURL) + "/metadata", "*/*");
        Assert.Equal(HttpStatusCode.OK, metadata.StatusCode);
    }

    [Fact]
    public async Task Pages_are_cut_where_the_client_says_and_a_warning_tells_of_more()
    {
        await using var host = await ThreeStudiesAsync();

        using var first = await host.GetAsync("studies?limit=2", "application/dicom+json");
        using var second = await host.GetAsync("studies?limit=2&offset=2", "application/dicom+json");

        Assert.Contains("299", first.Headers.Warning.ToString(), StringComparison.Ordinal);
        Assert.Empty(second.Headers.Warning);
        Assert.Equal(["1", "2"], await FindAsync(host, "studies", ("limit", "2")));
        Assert.Equal(["3"], await FindAsync(host, "studies", ("limit", "2"), ("offset", "2")));
    }

    [Fact]
    public async Task What_else_is_wanted_is_asked_for_by_keyword_tag_or_all()
    {
        await using var host = await ThreeStudiesAsync();
        var path = $"studies/{Root}1/instances";

        var plain = (await SearchAsync(host, path))[0];
        var chosen = (await SearchAsync(host, path, ("includefield", "SliceThickness,00200032")))[0];
        var all = (await SearchAsync(host, path, ("includefield", "all")))[0];

        Assert.False(plain.Contains(DicomTag.SliceThickness));
        Assert.Equal(5, chosen.GetDouble(DicomTag.SliceThickness));
        Assert.Equal(3, chosen.GetDoubles(DicomTag.ImagePositionPatient).Length);
        Assert.True(all.Contains(DicomTag.PixelSpacing));
        Assert.False(all.Contains(DicomTag.PixelData));
        Assert.Single(await SearchAsync(host, path, ("InstanceNumber", "2")));
    }

    [Theory]
    [InlineData("studies?limit=-1")]
    [InlineData("studies?limit=many")]
    [InlineData("studies?NoSuchKeyword=1")]
    [InlineData("studies?fuzzymatching=perhaps")]
    [InlineData("studies?includefield=NoSuchKeyword")]
    [InlineData("studies/not-a-uid/series")]
    [InlineData("studies/1.2.3/instances?Rows=x")]
    public async Task A_question_that_makes_no_sense_is_told_so_without_its_values(string address)
    {
        await using var host = await WebHost.StartAsync();

        using var answer = await host.GetAsync(address, "application/dicom+json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("=", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_stored_is_read_back_and_what_was_not_is_missed()
    {
        await using var host = await ThreeStudiesAsync();
        using var client = host.Dicom();

        var answer = await client.FindInstancesAsync(Root + "1", [Root + "1.1.1", Root + "1.1.2", Root + "1.1.9"], CancellationToken.None);

        var found = Assert.IsType<WebAnswer<IReadOnlySet<string>>.Given>(answer).Value;
        Assert.Equal([Root + "1.1.1", Root + "1.1.2"], found.Order(StringComparer.Ordinal));
    }

    private static async Task<WebHost> ThreeStudiesAsync()
    {
        var host = await WebHost.StartAsync();
        (await host.StowAsync(
            Write(host, "1", 0, "Wang^XiaoDong=王^小东", "20260102", "GB18030"), Write(host, "1", 1, "Wang^XiaoDong=王^小东", "20260102", "GB18030"),
            Write(host, "2", 0, "Müller^Jörg", "20260215", "ISO_IR 100"), Write(host, "3", 0, "Smith^Ann", "20260331", "ISO_IR 192")))
            .EnsureSuccessStatusCode();
        return host;
    }

    private static string Write(WebHost host, string study, int slice, string name, string date, string characterSet) =>
        host.Write(new SyntheticStudy(Root + study, "P" + study), slice, dataset => dataset
            .AddOrUpdate(DicomTag.SpecificCharacterSet, characterSet)
            .AddOrUpdate(DicomTag.PatientName, name).AddOrUpdate(DicomTag.StudyDate, date));

    private static async Task<IReadOnlyList<DicomDataset>> SearchAsync(
        WebHost host, string path, params (string, string)[] query)
    {
        using var client = host.Dicom();
        return Assert.IsType<WebAnswer<IReadOnlyList<DicomDataset>>.Given>(
            await client.SearchAsync(path, query, CancellationToken.None)).Value;
    }

    /// <summary>The last numbers of the UIDs of the studies found.</summary>
    private static async Task<IEnumerable<string>> FindAsync(WebHost host, string path, params (string, string)[] query) =>
        (await SearchAsync(host, path, query)).Select(one => one.GetString(DicomTag.StudyInstanceUID)[Root.Length..])
            .Order(StringComparer.Ordinal);
}
