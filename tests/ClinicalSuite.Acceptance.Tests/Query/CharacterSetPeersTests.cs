using System.Diagnostics;
using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Query;

/// <summary>Names and texts of the character set samples as they come back from C-FIND, QIDO-RS and a worklist, against pydicom.</summary>
public sealed class CharacterSetPeersTests : IDisposable
{
    /// <summary>
    /// Gives each sample UIDs of its own (two are one instance to begin with), makes a worklist entry of it, and says what
    /// pydicom reads. Bytes of text are carried over as they are. pydicom 2.3.1 does not decode ISO 2022 IR 58 beside other
    /// terms: that one name is that of the sample's maker.
    /// </summary>
    private const string Script = """
        import copy, glob, json, os, sys, warnings
        warnings.simplefilter('ignore')
        import pydicom
        from pydicom.dataset import Dataset, FileMetaDataset
        from pydicom.sequence import Sequence
        source, objects, worklist = sys.argv[1:]
        said = []
        for number, path in enumerate(sorted(glob.glob(source + '/*.dcm'))):
            ds = pydicom.dcmread(path, force=True)
            name = os.path.basename(path)
            root = '1.2.826.0.1.3680043.8.498.1010.%d' % number
            text = lambda tag: '' if tag not in ds or ds[tag].value is None else '\\'.join(
                str(v) for v in (ds[tag].value if isinstance(ds[tag].value, pydicom.multival.MultiValue) else [ds[tag].value]))
            row = {'file': name, 'study': root, 'PatientName': text('PatientName'), 'PatientID': text('PatientID'),
                'ReferringPhysicianName': text('ReferringPhysicianName'), 'StudyDescription': text('StudyDescription'),
                'AccessionNumber': text('AccessionNumber')}
            if name == 'chrGB2312.dcm':
                row['PatientName'] = 'Zhang^XiaoDong=张^小东'
            item = Dataset()
            for tag in (0x00080005, 0x00100010, 0x00100020, 0x00080050, 0x00080090):
                if tag in ds:
                    item._dict[pydicom.tag.Tag(tag)] = ds.get_item(tag)
            item.StudyInstanceUID = root
            item.RequestedProcedureID = 'R%d' % number
            item.RequestedProcedureDescription = 'CT'
            step = Dataset()
            step.Modality = 'CT'; step.ScheduledStationAETitle = 'CT1'; step.ScheduledProcedureStepStartDate = '20260101'
            step.ScheduledProcedureStepStartTime = '101500'; step.ScheduledProcedureStepID = 'S'
            step.ScheduledProcedureStepDescription = 'CT'
            item.ScheduledProcedureStepSequence = Sequence([step])
            for name_of, default in (('PatientName', 'None^Given'), ('PatientID', 'NONE'), ('AccessionNumber', ''), ('ReferringPhysicianName', '')):
                if name_of not in item:
                    setattr(item, name_of, default)
            for dataset, sop, target in (
                    (ds, '1.2.840.10008.5.1.4.1.1.7', objects), (item, '1.2.840.10008.5.1.4.31', worklist)):
                if dataset is ds:
                    dataset.StudyInstanceUID = root; dataset.SeriesInstanceUID = root + '.1'; dataset.SOPInstanceUID = root + '.1.1'
                    dataset.SOPClassUID = sop
                implicit = ds.is_implicit_VR
                dataset.is_little_endian = True; dataset.is_implicit_VR = implicit
                meta = FileMetaDataset()
                meta.MediaStorageSOPClassUID = sop; meta.MediaStorageSOPInstanceUID = root + '.1.1'
                meta.TransferSyntaxUID = '1.2.840.10008.1.2' if implicit else '1.2.840.10008.1.2.1'
                dataset.file_meta = meta; dataset.preamble = b'\0' * 128
                dataset.save_as(os.path.join(target, '%d.%s' % (number, 'dcm' if dataset is ds else 'wl')), write_like_original=False)
            said.append(row)
        print(json.dumps(said))
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-charset-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task All_samples_are_answered_by_find_QIDO_and_worklist_as_pydicom_reads_them()
    {
        var rows = await PrepareAsync();
        await using var appliance = await ServingAppliance.StartAsync(Path.Combine(folder.FullName, "data"), "--accept", "CLINICALSUITE");
        var self = $"{ServingAppliance.Title}@127.0.0.1:{appliance.DicomPort}";
        var sent = await ProgramRun.StartAsync("dicom", "send", self, Path.Combine(folder.FullName, "objects"));
        Assert.True(sent.Status == 0, sent.Errors);
        await using var worklist = await DcmtkServer.StartAsync(
            "wlmscpfs", port => ["-dfp", Path.Combine(folder.FullName, "worklists"), "-dfr", "-csk", $"{port}"]);
        var found = await FindAsync(self, "-k", "PatientName", "-k", "PatientID", "-k", "ReferringPhysicianName",
            "-k", "StudyDescription", "-k", "AccessionNumber");
        var listed = await FindAsync(
            $"WLAE@127.0.0.1:{worklist.Port}", "--worklist", "-k", "PatientName", "-k", "PatientID", "-k", "ReferringPhysicianName",
            "-k", "AccessionNumber", "-k", "StudyInstanceUID");
        using var web = new HttpClient { BaseAddress = appliance.Web };
        using var answer = JsonDocument.Parse(await web.GetStringAsync(
            new Uri("dicom-web/studies?includefield=StudyDescription&limit=100", UriKind.Relative), TestContext.Current.CancellationToken));
        var searched = ByStudy(answer.RootElement);

        var differences = new List<string>();
        var compared = 0;
        foreach (var row in rows)
        {
            var study = row["study"];
            foreach (var (service, answers) in new[] { ("C-FIND", found), ("QIDO", searched), ("worklist", listed) })
            {
                foreach (var (keyword, tag) in Asked.Where(asked => row[asked.Keyword].Length > 0
                    && (service != "worklist" || asked.Keyword != "StudyDescription")))
                {
                    var said = answers.TryGetValue(study, out var match) ? TextOf(match, tag) : "no answer";
                    compared++;
                    if (said != row[keyword])
                    {
                        differences.Add($"{service} {row["file"]} {keyword}: {said} for {row[keyword]}");
                    }
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(compared >= 100, $"only {compared} texts were compared");
    }

    private static readonly (string Keyword, string Tag)[] Asked =
    [
        ("PatientName", "00100010"), ("PatientID", "00100020"), ("ReferringPhysicianName", "00080090"),
        ("StudyDescription", "00081030"), ("AccessionNumber", "00080050"),
    ];

    private async Task<IReadOnlyList<Dictionary<string, string>>> PrepareAsync()
    {
        const string Python = "/usr/bin/python3";
        var samples = SharedData.PathOf("dicom/charset");
        var objects = Directory.CreateDirectory(Path.Combine(folder.FullName, "objects")).FullName;
        var list = Directory.CreateDirectory(Path.Combine(folder.FullName, "worklists/WLAE")).FullName;
        await File.WriteAllTextAsync(Path.Combine(list, "lockfile"), "", TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Python, ["-c", Script, samples, objects, list])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["PYTHONUTF8"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var reason = await errors;
        Assert.SkipWhen(reason.Contains("ModuleNotFoundError", StringComparison.Ordinal), "python3-pydicom is not installed");
        Assert.True(process.ExitCode == 0, reason);
        return JsonSerializer.Deserialize<List<Dictionary<string, string>>>(output)!;
    }

    private static async Task<Dictionary<string, JsonElement>> FindAsync(string peer, params string[] words)
    {
        var run = await ProgramRun.StartAsync(["dicom", "find", peer, "--json", .. words]);
        Assert.True(run.Status == 0, run.Errors);
        using var matches = JsonDocument.Parse(run.Output);
        return ByStudy(matches.RootElement);
    }

    private static Dictionary<string, JsonElement> ByStudy(JsonElement matches) => matches.EnumerateArray().ToDictionary(
        match => match.GetProperty("0020000D").GetProperty("Value")[0].GetString()!, match => match.Clone());

    /// <summary>Values joined as DICOM joins them; a name's groups by '='.</summary>
    private static string TextOf(JsonElement match, string tag)
    {
        if (!match.TryGetProperty(tag, out var attribute) || !attribute.TryGetProperty("Value", out var values))
        {
            return "";
        }

        return string.Join('\\', values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Object
            ? string.Join('=', new[] { "Alphabetic", "Ideographic", "Phonetic" }
                .Select(group => value.TryGetProperty(group, out var text) ? text.GetString() : "")).TrimEnd('=')
            : value.ToString()));
    }
}
