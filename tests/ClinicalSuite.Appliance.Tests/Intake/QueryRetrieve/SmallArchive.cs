using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve;

/// <summary>The real gate with a few studies of three patients in it, stored over the network.</summary>
internal sealed class SmallArchive : IAsyncDisposable
{
    public const string WangStudy = "1.2.826.0.1.1";
    public const string LiStudy = "1.2.826.0.1.2";
    public const string SmithStudy = "1.2.826.0.1.3";
    public const string Find = DicomUID.StudyRootQueryRetrieveInformationModelFind;
    public const string PatientFind = DicomUID.PatientRootQueryRetrieveInformationModelFind;

    private static readonly string[] Syntaxes = [RawPdu.ExplicitLittleEndian, RawPdu.ImplicitLittleEndian];

    private SmallArchive(IntakeHost host) => Host = host;

    public IntakeHost Host { get; }

    public int Port => Host.Port;

    public static async Task<SmallArchive> StartAsync(Func<IntakeSettings, IntakeSettings>? change = null)
    {
        var settings = IntakeHost.Settings with
        {
            Accept = [new(IntakeHost.Modality), new("FINDSCU"), new("MOVESCU"), new("GETSCU"), new("STORESCU")],
        };
        var archive = new SmallArchive(await IntakeHost.StartAsync(change?.Invoke(settings) ?? settings));
        var files = new List<string>();
        for (var i = 1; i <= 3; i++)
        {
            files.Add(archive.Write(WangStudy, 1, i, "CT", "王^小东", "W1", "GB18030", "20260110"));
        }
        files.Add(archive.Write(WangStudy, 2, 1, "MR", "王^小东", "W1", "GB18030", "20260110"));
        files.Add(archive.Write(LiStudy, 1, 1, "CT", "Li^Na=李^娜", "L1", "ISO_IR 192", "20260215"));
        files.Add(archive.Write(SmithStudy, 1, 1, "US", "Smith^John", "S1", "ISO_IR 100", "20251231"));
        Assert.All(await archive.Host.SendAsync([.. files]), status => Assert.True(status.IsSuccess));
        return archive;
    }

    public static string Uid(string study, int series, int instance) => $"{study}.{series}.{instance}";

    /// <summary>Queries by our own client; keys as <c>KEYWORD=VALUE</c>.</summary>
    public async Task<(DimseStatus Status, List<DicomDataset> Matches)> FindAsync(
        string level, params string[] keys) => await AskAsync(Find, new(), level, keys);

    public async Task<(DimseStatus Status, List<DicomDataset> Matches)> AskAsync(
        string sopClass, DicomClientOptions options, string level, params string[] keys)
    {
        await using var client = await Host.OpenAsync([new(1, sopClass, Syntaxes)], options: options);
        var matches = new List<DicomDataset>();
        var outcome = await client.FindAsync(sopClass, Identifier(level, keys), reply =>
        {
            matches.Add(reply.DataSet!);
            return true;
        }, CancellationToken.None);
        return (Assert.IsType<SendOutcome.Answered>(outcome).Status, matches);
    }

    public static DicomDataset Identifier(string level, params string[] keys)
    {
        var identifier = new DicomDataset().AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .AddOrUpdate(DicomTag.QueryRetrieveLevel, level);
        Assert.All(keys, key => Assert.Null(QueryIdentifier.Set(identifier, key)));
        return identifier;
    }

    public string Write(
        string study, int series, int instance, string modality, string name, string patient, string characterSet, string date,
        Func<DicomDataset, DicomFile>? make = null)
    {
        var uid = Uid(study, series, instance);
        var path = Path.Combine(Host.Scratch, uid + ".dcm");
        var image = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, characterSet)
            .AddOrUpdate(DicomTag.SOPClassUID, RawPdu.CtImage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, uid)
            .AddOrUpdate(DicomTag.StudyInstanceUID, study)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, $"{study}.{series}")
            .AddOrUpdate(DicomTag.StudyDate, date)
            .AddOrUpdate(DicomTag.StudyTime, "101500")
            .AddOrUpdate(DicomTag.AccessionNumber, "A" + patient)
            .AddOrUpdate(DicomTag.StudyID, "7")
            .AddOrUpdate(DicomTag.InstitutionName, characterSet == "ISO_IR 100" ? "Hôpital" : "医院")
            .AddOrUpdate(DicomTag.Modality, modality)
            .AddOrUpdate(DicomTag.SeriesNumber, series)
            .AddOrUpdate(DicomTag.BodyPartExamined, "LIVER")
            .AddOrUpdate(DicomTag.InstanceNumber, instance)
            .AddOrUpdate(DicomTag.PatientName, name)
            .AddOrUpdate(DicomTag.PatientID, patient)
            .AddOrUpdate(DicomTag.Rows, 64).AddOrUpdate(DicomTag.Columns, 64)
            .AddOrUpdate(DicomTag.SamplesPerPixel, 1).AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .AddOrUpdate(DicomTag.BitsAllocated, 16).AddOrUpdate(DicomTag.BitsStored, 12).AddOrUpdate(DicomTag.HighBit, 11)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, [.. Enumerable.Range(0, 8192).Select(i => (byte)(i % 2 == 0 ? i * instance : 0))]);
        (make ?? (dataset => DicomFile.Create(dataset)))(image).Save(path);
        return path;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
