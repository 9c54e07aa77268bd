using System.Net;
using ClinicalSuite.Appliance.Tests.Pipeline;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Store;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.DicomWeb;

/// <summary>Who asks this box for a study gets the results too, by QIDO-RS, WADO-RS, C-FIND and C-GET.</summary>
public sealed class ResultSearchTests
{
    private const string Study = "1.2.826.0.1.3680043.8.498.82.1";
    private const string Viewer = "VIEWER";
    private static readonly SyntheticStudy Slices = new(Study);
    private static readonly string[] Syntaxes = [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian];

    [Fact]
    public async Task Searches_find_results_as_series_of_their_study_and_what_was_replaced_by_its_UID_only()
    {
        await using var host = await WithResultsAsync();

        var study = Assert.Single(await SearchAsync(host, "studies", ("StudyInstanceUID", Study)));
        var series = await SearchAsync(host, $"studies/{Study}/series");
        var segmentations = await SearchAsync(host, $"studies/{Study}/series", ("Modality", "SEG"));
        var byDescription = await SearchAsync(host, $"studies/{Study}/series", ("SeriesDescription", "Report*"));
        var instances = await SearchAsync(host, $"studies/{Study}/instances");

        Assert.Equal(["CT", "SEG", "SR"], study.GetStrings(DicomTag.ModalitiesInStudy));
        Assert.Equal((3, 4), (study.GetInt(DicomTag.NumberOfStudyRelatedSeries), study.GetInt(DicomTag.NumberOfStudyRelatedInstances)));
        Assert.Equal(["CT", "SEG", "SR"], series.Select(one => one.GetString(DicomTag.Modality)));
        Assert.Equal([3, 9001, 9003], series.Select(one => one.GetInt(DicomTag.SeriesNumber)));
        Assert.Equal([2, 1, 1], series.Select(one => one.GetInt(DicomTag.NumberOfSeriesRelatedInstances)));
        Assert.Equal("Segments of new", Assert.Single(segmentations).GetString(DicomTag.SeriesDescription));
        Assert.Equal("2.25.2002", Assert.Single(byDescription).GetString(DicomTag.SeriesInstanceUID));
        Assert.Equal(
            [$"{Slices.SeriesUid}.1", $"{Slices.SeriesUid}.2", "2.25.3001", "2.25.3002"],
            instances.Select(one => one.GetString(DicomTag.SOPInstanceUID)));
        Assert.Equal([Study], (await SearchAsync(host, "studies", ("ModalitiesInStudy", "SEG"))).Select(one => one.GetString(DicomTag.StudyInstanceUID)));
        Assert.Empty(await SearchAsync(host, "studies", ("ModalitiesInStudy", "PT")));
        Assert.Single(await SearchAsync(host, "instances", ("SOPInstanceUID", "2.25.3000")));
        Assert.Single(await SearchAsync(host, "instances", ("SOPClassUID", DicomUID.Comprehensive3DSRStorage)));
    }

    [Fact]
    public async Task Retrievals_bring_the_results_in_force_and_each_by_its_name()
    {
        await using var host = await WithResultsAsync();

        using var whole = await host.GetAsync($"studies/{Study}", "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
        using var replaced = await host.GetAsync($"studies/{Study}/series/2.25.2000/instances/2.25.3000", "application/dicom");
        using var metadata = await host.GetAsync($"studies/{Study}/series/2.25.2001/metadata", "application/dicom+json");
        var got = await GetAsync(host);

        string[] inForce = [$"{Slices.SeriesUid}.1", $"{Slices.SeriesUid}.2", "2.25.3001", "2.25.3002"];
        Assert.Equal(inForce.Order(), (await WebHost.PartsAsync(whole)).Select(part => Uid(DicomFile.Open(part.Content).Dataset)).Order());
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.Equal(HttpStatusCode.OK, metadata.StatusCode);
        Assert.Equal(inForce.Order(), got.Order());
    }

    [Fact]
    public async Task C_FIND_finds_results_with_the_number_and_description_of_their_files()
    {
        await using var host = await WithResultsAsync();
        await using var client = await OpenAsync(host, [new(1, DicomUID.StudyRootQueryRetrieveInformationModelFind, Syntaxes)], new());
        var matches = new List<DicomDataset>();
        await client.FindAsync(
            DicomUID.StudyRootQueryRetrieveInformationModelFind,
            new DicomDataset().AddOrUpdate(DicomTag.QueryRetrieveLevel, "SERIES").AddOrUpdate(DicomTag.StudyInstanceUID, Study)
                .AddOrUpdate(DicomTag.Modality, "S*").AddOrUpdate(DicomTag.SeriesNumber).AddOrUpdate(DicomTag.SeriesDescription),
            reply =>
            {
                matches.Add(reply.DataSet!);
                return true;
            },
            CancellationToken.None);

        Assert.Equal(
            [("SEG", 9001, "Segments of new"), ("SR", 9003, "Report of new")],
            matches.Select(m => (m.GetString(DicomTag.Modality), m.GetInt(DicomTag.SeriesNumber), m.GetString(DicomTag.SeriesDescription))));
    }

    /// <summary>Two received slices, the results of a run, and those of an earlier run that it has replaced.</summary>
    private static async Task<WebHost> WithResultsAsync()
    {
        var host = await WebHost.StartAsync(settings => settings with { Accept = [new AcceptRule(Viewer, null)] });
        (await host.StowAsync([.. Enumerable.Range(0, 2).Select(slice => host.Write(Slices, slice))])).EnsureSuccessStatusCode();
        await using var db = host.Services.GetRequiredService<ClinicDbFactory>().Create();
        db.Runs.Add(Run("old", supersededBy: Id("new")));
        db.Runs.Add(Run("new", supersededBy: null));
        db.Evidence.Add(Result(host, "old", "2.25.2000", "2.25.3000", DicomUID.SegmentationStorage, 9001, "Segments"));
        db.Evidence.Add(Result(host, "new", "2.25.2001", "2.25.3001", DicomUID.SegmentationStorage, 9001, "Segments"));
        db.Evidence.Add(Result(host, "new", "2.25.2002", "2.25.3002", DicomUID.Comprehensive3DSRStorage, 9003, "Report"));
        await db.SaveChangesAsync();
        return host;
    }

    private static AnalysisRun Run(string name, string? supersededBy) => new()
    {
        Id = Id(name),
        StudyUid = Study,
        AnalysisId = "analysis",
        AnalysisVersion = name,
        InputHash = name,
        Inputs = [],
        State = RunState.Done,
        SupersededByRunId = supersededBy,
    };

    private static EvidenceObject Result(
        WebHost host, string run, string series, string instance, string sopClass, int number, string what)
    {
        var folder = host.Services.GetRequiredService<StoreFolder>();
        var path = Path.Combine("runs", $"{instance}.dcm");
        Directory.CreateDirectory(folder.Absolute("runs"));
        DicomFile.Create(new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, sopClass).AddOrUpdate(DicomTag.SOPInstanceUID, instance)
            .AddOrUpdate(DicomTag.StudyInstanceUID, Study).AddOrUpdate(DicomTag.SeriesInstanceUID, series)
            .AddOrUpdate(DicomTag.SeriesNumber, number).AddOrUpdate(DicomTag.SeriesDescription, $"{what} of {run}")
            .AddOrUpdate(DicomTag.InstanceNumber, 1)).Save(folder.Absolute(path));
        return new EvidenceObject
        {
            RunId = Id(run),
            StudyUid = Study,
            FileName = instance,
            Path = path,
            Length = new FileInfo(folder.Absolute(path)).Length,
            Sha256 = instance,
            SopClassUid = sopClass,
            SopInstanceUid = instance,
            SeriesUid = series,
        };
    }

    private static string Id(string name) => name.PadRight(32, '0');

    private static string Uid(DicomDataset dataset) => dataset.GetString(DicomTag.SOPInstanceUID);

    private static async Task<IReadOnlyList<DicomDataset>> SearchAsync(WebHost host, string path, params (string, string)[] query)
    {
        using var client = host.Dicom();
        return Assert.IsAssignableFrom<WebAnswer<IReadOnlyList<DicomDataset>>.Given>(
            await client.SearchAsync(path, query, CancellationToken.None)).Value;
    }

    /// <summary>The UIDs of what C-GET of the study brings.</summary>
    private static async Task<List<string>> GetAsync(WebHost host)
    {
        var taken = new Taken();
        string[] classes = [DicomUID.CTImageStorage, DicomUID.SegmentationStorage, DicomUID.Comprehensive3DSRStorage];
        await using var client = await OpenAsync(
            host,
            [
                new(1, DicomUID.StudyRootQueryRetrieveInformationModelGet, Syntaxes),
                .. classes.Select((uid, index) => new ProposedContext((byte)((2 * index) + 3), uid, Syntaxes)),
            ],
            new DicomClientOptions
            {
                Storage = taken,
                Roles = [.. classes.Select(uid => new RoleSelection(uid, IsUser: true, IsProvider: true))],
            });
        await client.GetAsync(
            DicomUID.StudyRootQueryRetrieveInformationModelGet,
            new DicomDataset().AddOrUpdate(DicomTag.QueryRetrieveLevel, "STUDY").AddOrUpdate(DicomTag.StudyInstanceUID, Study),
            _ => { },
            CancellationToken.None);
        return taken.Uids;
    }

    private static async Task<DicomClient> OpenAsync(WebHost host, IReadOnlyList<ProposedContext> contexts, DicomClientOptions options)
    {
        var port = Listeners.Addresses(host.Services).Single(l => l.Name == "dicom").Address.Port;
        var opening = await DicomClient.OpenAsync(
            new DicomPeer("CLINICALSUITE", "127.0.0.1", port), contexts, options with { CallingAeTitle = Viewer }, CancellationToken.None);
        return Assert.IsType<AssociationOpening.Opened>(opening).Client;
    }

    private sealed class Taken : IStoreProvider
    {
        public List<string> Uids { get; } = [];

        public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
        {
            await request.DataSet.CopyToAsync(Stream.Null, cancellation);
            Uids.Add(request.SopInstanceUid);
            return DimseStatus.Success;
        }
    }
}
