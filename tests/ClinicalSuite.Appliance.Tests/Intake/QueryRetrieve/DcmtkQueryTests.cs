using ClinicalSuite.Dicom;
using ClinicalSuite.TestKit.Network;
using Xunit;
using static ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve.SmallArchive;

namespace ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve;

/// <summary>findscu, movescu and getscu of dcmtk against the appliance.</summary>
public sealed class DcmtkQueryTests
{
    [Theory]
    [InlineData("-S")]
    [InlineData("-P")]
    public async Task Findscu_lists_a_study_with_its_chinese_name(string model)
    {
        await using var archive = await SmallArchive.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(archive.Host.Scratch, "found")).FullName;
        var (code, output) = await Dcmtk.RunAsync("findscu", model, "-X", "-od", folder, "-aec", IntakeHost.Title,
            "127.0.0.1", $"{archive.Port}", "-k", "QueryRetrieveLevel=STUDY", "-k", "PatientID=W1", "-k", "PatientName",
            "-k", "StudyInstanceUID", "-k", "NumberOfStudyRelatedInstances");
        Assert.True(code == 0, output);
        var match = DicomFile.Open(Assert.Single(Directory.GetFiles(folder))).Dataset;
        Assert.Equal("王^小东", match.GetString(DicomTag.PatientName));
        Assert.Equal(WangStudy, match.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal(4, match.GetInt(DicomTag.NumberOfStudyRelatedInstances));
    }

    [Fact]
    public async Task Findscu_cancels_after_the_first_match()
    {
        await using var archive = await SmallArchive.StartAsync();
        var (code, output) = await Dcmtk.RunAsync("findscu", "-v", "-S", "--cancel", "1", "-aec", IntakeHost.Title,
            "127.0.0.1", $"{archive.Port}", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID");
        Assert.True(code == 0, output);
        Assert.Contains("Cancel", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Getscu_fetches_a_study()
    {
        await using var archive = await SmallArchive.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(archive.Host.Scratch, "got")).FullName;
        var (code, output) = await Dcmtk.RunAsync("getscu", "-v", "-S", "-od", folder, "-aec", IntakeHost.Title,
            "127.0.0.1", $"{archive.Port}", "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={WangStudy}");
        Assert.True(code == 0, output);
        Assert.Equal(4, Directory.GetFiles(folder).Length);
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal("王^小东", DicomFile.Open(file).Dataset.GetString(DicomTag.PatientName)));
    }

    [Fact]
    public async Task Movescu_lets_the_appliance_send_to_a_storescp()
    {
        var folder = Directory.CreateTempSubdirectory("moved-");
        try
        {
            await using var storescp = await DcmtkServer.StartAsync(
                "storescp", port => ["-q", "-aet", "STORESCP", "-od", folder.FullName, $"{port}"]);
            await using var archive = await SmallArchive.StartAsync(
                s => s with { Destinations = [new("STORESCP", "127.0.0.1", storescp.Port)] });
            var (code, output) = await Dcmtk.RunAsync("movescu", "-v", "-S", "-aec", IntakeHost.Title, "-aem", "STORESCP",
                "127.0.0.1", $"{archive.Port}", "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={WangStudy}");
            Assert.True(code == 0, output);
            Assert.Equal(4, folder.GetFiles().Length);
            (code, output) = await Dcmtk.RunAsync("movescu", "-v", "-S", "-aec", IntakeHost.Title, "-aem", "NOWHERE",
                "127.0.0.1", $"{archive.Port}", "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={WangStudy}");
            Assert.Contains("MoveDestinationUnknown", output.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
