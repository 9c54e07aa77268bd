using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using Xunit;
using static ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve.SmallArchive;

namespace ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve;

/// <summary>C-FIND of the appliance, asked by our own client over the network.</summary>
public sealed class FindTests
{
    [Fact]
    public async Task Study_is_found_by_ideograph_by_reading_and_by_date_with_its_counts()
    {
        await using var archive = await SmallArchive.StartAsync();
        foreach (var key in (string[])["PatientName=王*", "PatientName=wang*", "PatientName=WANG^XIAODONG", "PatientName==王^小东"])
        {
            var (status, matches) = await archive.FindAsync("STUDY", key, "StudyInstanceUID", "NumberOfStudyRelatedSeries",
                "NumberOfStudyRelatedInstances", "ModalitiesInStudy", "StudyDate=20260101-20260131", "InstanceAvailability");
            Assert.True(status.IsSuccess);
            var match = Assert.Single(matches);
            Assert.Equal("王^小东", match.GetString(DicomTag.PatientName));
            Assert.Equal("GB18030", match.GetString(DicomTag.SpecificCharacterSet));
            Assert.Equal(WangStudy, match.GetString(DicomTag.StudyInstanceUID));
            Assert.Equal(2, match.GetInt(DicomTag.NumberOfStudyRelatedSeries));
            Assert.Equal(4, match.GetInt(DicomTag.NumberOfStudyRelatedInstances));
            Assert.Equal(["CT", "MR"], match.GetStrings(DicomTag.ModalitiesInStudy));
            Assert.Equal(IntakeHost.Title, match.GetString(DicomTag.RetrieveAETitle));
            Assert.Equal("ONLINE", match.GetString(DicomTag.InstanceAvailability));
            Assert.Equal("STUDY", match.GetString(DicomTag.QueryRetrieveLevel));
        }
    }

    [Fact]
    public async Task Universal_keys_find_all_and_what_the_database_lacks_comes_from_the_files()
    {
        await using var archive = await SmallArchive.StartAsync();
        var (status, matches) = await archive.FindAsync("STUDY", "PatientName=*", "InstitutionName", "StudyInstanceUID");
        Assert.True(status.IsSuccess);
        Assert.Equal([WangStudy, LiStudy, SmithStudy], matches.Select(m => m.GetString(DicomTag.StudyInstanceUID)));
        Assert.Equal(["医院", "医院", "Hôpital"], matches.Select(m => m.GetString(DicomTag.InstitutionName)));
        (_, matches) = await archive.FindAsync("STUDY", "InstitutionName=H*", "StudyInstanceUID");
        Assert.Equal(SmithStudy, Assert.Single(matches).GetString(DicomTag.StudyInstanceUID));
    }

    [Theory]
    [InlineData("ModalitiesInStudy=MR", WangStudy)]
    [InlineData("ModalitiesInStudy=US\\MR", WangStudy, SmithStudy)]
    [InlineData("PatientID=w1")]
    [InlineData("PatientID=?1", WangStudy, LiStudy, SmithStudy)]
    [InlineData("AccessionNumber=AS1", SmithStudy)]
    [InlineData("StudyInstanceUID=1.2.826.0.1.2\\1.2.826.0.1.3", LiStudy, SmithStudy)]
    [InlineData("StudyDate=-20260101", SmithStudy)]
    [InlineData("StudyDate=20260215", LiStudy)]
    [InlineData("StudyTime=1000-1030", WangStudy, LiStudy, SmithStudy)]
    [InlineData("StudyTime=1020-")]
    [InlineData("PatientName=%")]
    [InlineData("PatientName=smith^john", SmithStudy)]
    public async Task Each_kind_of_matching_finds_what_it_should(string key, params string[] studies)
    {
        await using var archive = await SmallArchive.StartAsync();
        var (status, matches) = await archive.FindAsync("STUDY", "StudyInstanceUID", key);
        Assert.True(status.IsSuccess);
        Assert.Equal(studies, matches.Select(m => m.GetString(DicomTag.StudyInstanceUID)));
    }

    [Fact]
    public async Task Levels_are_walked_down_from_patient_to_image()
    {
        await using var archive = await SmallArchive.StartAsync();
        var (_, patients) = await archive.AskAsync(PatientFind, new(), "PATIENT", "PatientID", "PatientName", "NumberOfPatientRelatedInstances");
        Assert.Equal(["L1", "S1", "W1"], patients.Select(m => m.GetString(DicomTag.PatientID)));
        Assert.Equal([1, 1, 4], patients.Select(m => m.GetInt(DicomTag.NumberOfPatientRelatedInstances)));
        var (_, studies) = await archive.AskAsync(PatientFind, new(), "STUDY", "PatientID=W1", "StudyInstanceUID", "StudyID");
        Assert.Equal("7", Assert.Single(studies).GetString(DicomTag.StudyID));
        var (_, series) = await archive.FindAsync("SERIES", $"StudyInstanceUID={WangStudy}", "SeriesInstanceUID", "Modality",
            "NumberOfSeriesRelatedInstances", "BodyPartExamined", "PatientName");
        Assert.Equal([("CT", 3), ("MR", 1)], series.Select(m => (m.GetString(DicomTag.Modality), m.GetInt(DicomTag.NumberOfSeriesRelatedInstances))));
        Assert.All(series, m => Assert.Equal("LIVER", m.GetString(DicomTag.BodyPartExamined)));
        Assert.All(series, m => Assert.Equal("王^小东", m.GetString(DicomTag.PatientName)));
        var (_, images) = await archive.FindAsync("IMAGE", $"StudyInstanceUID={WangStudy}", $"SeriesInstanceUID={WangStudy}.1",
            "SOPInstanceUID", "InstanceNumber=2", "Rows");
        var image = Assert.Single(images);
        Assert.Equal(Uid(WangStudy, 1, 2), image.GetString(DicomTag.SOPInstanceUID));
        Assert.Equal(64, image.GetInt(DicomTag.Rows));
    }

    [Fact]
    public async Task Missing_unique_key_is_refused_unless_relational_queries_were_agreed()
    {
        await using var archive = await SmallArchive.StartAsync();
        var (status, _) = await archive.FindAsync("SERIES", "Modality=CT", "SeriesInstanceUID");
        Assert.Equal(0xA900, status.Code);
        Assert.Contains("StudyInstanceUID", status.Comment, StringComparison.Ordinal);
        var relational = new DicomClientOptions { Extended = [new(Find, new byte[] { 1 })] };
        (status, var matches) = await archive.AskAsync(Find, relational, "SERIES", "Modality=CT", "SeriesInstanceUID");
        Assert.True(status.IsSuccess);
        Assert.Equal(2, matches.Count);
        (status, matches) = await archive.AskAsync(
            Find, relational, "STUDY", "StudyInstanceUID", $"SOPInstanceUID={Uid(LiStudy, 1, 1)}");
        Assert.Equal(LiStudy, Assert.Single(matches).GetString(DicomTag.StudyInstanceUID));
    }

    [Theory]
    [InlineData("PATIENT")]
    [InlineData("")]
    [InlineData("VOLUME")]
    public async Task Level_that_the_model_has_not_is_refused(string level)
    {
        await using var archive = await SmallArchive.StartAsync();
        var (status, matches) = await archive.FindAsync(level, "PatientID");
        Assert.Equal(0xA900, status.Code);
        Assert.Empty(matches);
    }

    [Fact]
    public async Task Fuzzy_names_are_matched_only_where_that_was_agreed()
    {
        await using var archive = await SmallArchive.StartAsync();
        var fuzzy = new DicomClientOptions { Extended = [new(Find, new byte[] { 0, 0, 1 })] };
        Assert.Empty((await archive.FindAsync("STUDY", "PatientName=smyth", "StudyInstanceUID")).Matches);
        var (_, matches) = await archive.AskAsync(Find, fuzzy, "STUDY", "PatientName=smyth", "StudyInstanceUID");
        Assert.Equal(SmithStudy, Assert.Single(matches).GetString(DicomTag.StudyInstanceUID));
        (_, matches) = await archive.AskAsync(Find, fuzzy, "STUDY", "PatientName=dong wang", "StudyInstanceUID");
        Assert.Equal(WangStudy, Assert.Single(matches).GetString(DicomTag.StudyInstanceUID));
    }

    [Fact]
    public async Task Names_in_every_character_set_come_back_as_they_were_sent()
    {
        (string Set, string Name)[] names =
        [
            ("GB18030", "王^小东"), ("\\ISO 2022 IR 58", "Wang^XiaoDong=王^小东"),
            ("\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう"), ("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동"),
            ("ISO_IR 192", "Wang^XiaoDong=王^小东"), ("ISO_IR 100", "Buc^Jérôme"), ("ISO_IR 144", "Люкceмбypг"),
            ("ISO_IR 126", "Διονυσιος"), ("ISO_IR 127", "قباني^لنزار"), ("ISO_IR 138", "שרון^דבורה"),
        ];
        await using var archive = await SmallArchive.StartAsync();
        var files = names.Select((n, i) => archive.Write($"1.2.826.0.2.{i}", 1, 1, "CT", n.Name, $"N{i}", "ISO_IR 192", "20260301", dataset =>
            DicomFile.Create(dataset.Remove(DicomTag.InstitutionName).AddOrUpdate(DicomTag.SpecificCharacterSet, n.Set.Split('\\')))));
        Assert.All(await archive.Host.SendAsync([.. files]), status => Assert.True(status.IsSuccess));
        for (var i = 0; i < names.Length; i++)
        {
            var (_, matches) = await archive.FindAsync("STUDY", $"PatientName={names[i].Name}", "PatientID", "StudyDate=20260301");
            var match = Assert.Single(matches, m => m.GetString(DicomTag.PatientID) == $"N{i}");
            Assert.Equal(names[i].Name, match.GetString(DicomTag.PatientName));
            Assert.Equal(names[i].Set, string.Join('\\', match.GetStrings(DicomTag.SpecificCharacterSet)));
        }
    }

    [Fact]
    public async Task Every_query_is_audited_without_the_values_of_its_keys()
    {
        await using var archive = await SmallArchive.StartAsync();
        await archive.FindAsync("STUDY", "PatientName=王*", "PatientID=W1");
        var line = Assert.Single(await archive.Host.AuditAsync(), record => record.Action == "query");
        Assert.Equal(IntakeHost.Modality, line.Actor);
        Assert.Equal("C-FIND STUDY, keys PatientName PatientID: 1 matches, 0000H", line.Detail);
    }

    [Fact]
    public async Task Caller_that_may_only_store_is_not_offered_queries()
    {
        await using var archive = await SmallArchive.StartAsync(s => s with { QueryRetrieve = [new("FINDSCU")] });
        await using var modality = await archive.Host.OpenAsync([new(1, Find, [DicomUID.ImplicitVRLittleEndian]), .. Echo(3)]);
        Assert.Equal([DicomUID.Verification], modality.Contexts.Select(c => c.AbstractSyntax));
        await using var workstation = await archive.Host.OpenAsync([new(1, Find, [DicomUID.ImplicitVRLittleEndian])], "FINDSCU");
        Assert.Equal([Find], workstation.Contexts.Select(c => c.AbstractSyntax));
    }

    [Fact]
    public async Task User_must_be_known_where_the_settings_demand_one()
    {
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("secret"u8));
        await using var host = await IntakeHost.StartAsync(IntakeHost.Settings with
        {
            Users = [new("reader", hash), new("guest")],
            DemandsUser = true,
        });
        Assert.True(await MayAssociateAsync(UserIdentity.Of("reader", "secret")));
        Assert.True(await MayAssociateAsync(UserIdentity.Of("guest")));
        Assert.False(await MayAssociateAsync(UserIdentity.Of("reader", "wrong")));
        Assert.False(await MayAssociateAsync(UserIdentity.Of("reader")));
        Assert.False(await MayAssociateAsync(UserIdentity.Of("stranger")));
        Assert.False(await MayAssociateAsync(null));

        async Task<bool> MayAssociateAsync(UserIdentity? identity)
        {
            var opening = await DicomClient.OpenAsync(
                new(IntakeHost.Title, "127.0.0.1", host.Port), ContextProposal.Verification,
                new() { CallingAeTitle = IntakeHost.Modality, Identity = identity }, CancellationToken.None);
            if (opening is AssociationOpening.Opened { Client: var client })
            {
                await client.DisposeAsync();
                return true;
            }
            return false;
        }
    }

    private static IEnumerable<ProposedContext> Echo(byte id) =>
        [new(id, DicomUID.Verification, [DicomUID.ImplicitVRLittleEndian])];
}
