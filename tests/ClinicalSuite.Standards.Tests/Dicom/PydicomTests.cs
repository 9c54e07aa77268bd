using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

/// <summary>Element by element, what pydicom reads of the third-party files.</summary>
public class PydicomTests(ITestOutputHelper output)
{
    private const string Python = "/usr/bin/python3";

    /// <summary>
    /// One line per element: path, VR, value. pydicom 2.3.1 does not decode ISO 2022 IR 58 in several terms, so that
    /// such text is left out here and tested from PS3.5 Annex K instead.
    /// </summary>
    private const string Script = """
        import sys, warnings, struct, hashlib
        warnings.simplefilter('ignore')
        import pydicom
        from pydicom import config
        config.replace_un_with_known_vr = False
        TEXT = {'AE','AS','CS','DA','DS','DT','IS','LO','LT','PN','SH','ST','TM','UC','UI','UR','UT'}
        def many(value):
            if value is None or value == '': return []
            if isinstance(value, (list, tuple, pydicom.multival.MultiValue)): return list(value)
            return [value]
        def lines(ds, prefix, big):
            for tag in sorted(ds._dict):
                path = prefix + '(%04X,%04X)' % (tag.group, tag.element)
                try:
                    e = ds[tag]
                    vr = str(e.VR).replace('VR.', '')
                    if vr == 'SQ':
                        yield path, vr, str(len(e.value))
                        for i, item in enumerate(e.value):
                            yield from lines(item, path + '[%d].' % i, big)
                        continue
                    if e.is_undefined_length:
                        yield path, vr, 'fragments'; continue
                    values = many(e.value)
                    if vr in TEXT:
                        text = '\\'.join(str(v).strip(' \0') for v in values)
                    elif vr in ('FL','FD'):
                        text = '\\'.join(struct.pack('>d', v).hex() for v in values)
                    elif vr == 'AT':
                        text = '\\'.join('(%04X,%04X)' % (v >> 16, v & 0xffff) for v in values)
                    elif isinstance(e.value, bytes):
                        text = 'bytes' if big else hashlib.sha256(e.value).hexdigest()
                    else:
                        text = '\\'.join(str(v) for v in values)
                    yield path, vr, text
                except Exception as x:
                    yield path, '??', 'unreadable ' + type(x).__name__
        for name in sys.argv[1:]:
            try:
                ds = pydicom.dcmread(name, force=True)
            except Exception as x:
                print('file', name, 'refused', type(x).__name__, sep='\t'); continue
            big = ds.is_little_endian is False
            print('file', name, 'big' if big else 'little', 'implicit' if ds.is_implicit_VR else 'explicit', sep='\t')
            for path, vr, text in lines(ds, '', big):
                print(path, vr, ''.join('%04x' % ord(c) for c in text), sep='\t')
        """;

    [Fact]
    public void Every_element_of_the_sample_files_is_read_as_pydicom_reads_it()
    {
        var files = SharedData.DicomFiles("dicom").Where(path => !path.Contains("/malformed/")).ToArray();
        var compared = 0;
        var unlisted = 0;
        var differences = new List<string>();
        string name = "";
        Dictionary<string, (string VR, string Text)> ours = [];
        foreach (var line in RunPython(files))
        {
            var fields = line.Split('\t');
            if (fields[0] == "file")
            {
                name = fields[1];
                ours = fields[2] == "refused" ? [] : Read(name, differences);
                continue;
            }

            if (ours.Count == 0 || fields[0] == "(FFFE,E0DD)")
            {
                continue;
            }

            compared++;
            var text = string.Concat(fields[2].Chunk(4).Select(
                code => (char)int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
            if (!ours.TryGetValue(fields[0], out var element))
            {
                differences.Add($"{Path.GetFileName(name)} {fields[0]} is not read");
            }
            else if (IsUnlisted(fields[0], fields[1], element.VR))
            {
                unlisted++;
            }
            else if (!SameVR(fields[1], element.VR) || !SameText(text, element.Text))
            {
                differences.Add($"{Path.GetFileName(name)} {fields[0]} {fields[1]} '{text}' is "
                    + $"{element.VR} '{element.Text}' here");
            }
        }

        output.WriteLine($"{compared} elements of {files.Length} files compared; "
            + $"the type of {unlisted} private ones is known to one side only");
        differences.ForEach(output.WriteLine);
        Assert.True(compared > 10_000);
        Assert.Empty(differences);
    }

    private static bool SameVR(string theirs, string ours) =>
        theirs == "??" || theirs.Contains(ours, StringComparison.Ordinal);

    /// <summary>In implicit VR the type of a private element is what each program's list of creators says.</summary>
    private static bool IsUnlisted(string path, string theirs, string ours) =>
        theirs != ours && (theirs == "UN" || ours == "UN" || path.EndsWith(",0000)", StringComparison.Ordinal))
        && (path[^7] is '1' or '3' or '5' or '7' or '9' or 'B' or 'D' or 'F');

    private static bool SameText(string theirs, string ours) =>
        theirs == ours || theirs == "bytes" || theirs.Contains('\u001B') || theirs.StartsWith("unreadable");

    /// <summary>Refused here with a reason: the pixel data are cut; the first byte of the data set is lost.</summary>
    private static readonly string[] Refused = ["MR_truncated.dcm", "no_meta.dcm"];

    private static Dictionary<string, (string, string)> Read(string path, List<string> differences)
    {
        var lines = new Dictionary<string, (string, string)>();
        try
        {
            var file = DicomFile.Open(path);
            Collect(file.Dataset, "", lines);
        }
        catch (DicomFormatException) when (Refused.Contains(Path.GetFileName(path)))
        {
            // Counted by MalformedInputTests.
        }
        catch (DicomFormatException refused)
        {
            differences.Add($"{Path.GetFileName(path)} is refused here: {refused.Message}");
        }

        return lines;
    }

    private static void Collect(DicomDataset dataset, string prefix, Dictionary<string, (string, string)> lines)
    {
        foreach (var element in dataset)
        {
            var path = prefix + element.Tag;
            switch (element)
            {
                case DicomSequence sequence:
                    lines[path] = ("SQ", sequence.Items.Count.ToString(CultureInfo.InvariantCulture));
                    for (var item = 0; item < sequence.Items.Count; item++)
                    {
                        Collect(sequence.Items[item], $"{path}[{item}].", lines);
                    }

                    break;
                case DicomFragmentSequence:
                    lines[path] = (element.VR.Code, "fragments");
                    break;
                default:
                    lines[path] = (element.VR.Code, Text(dataset, element));
                    break;
            }
        }
    }

    private static string Text(DicomDataset dataset, DicomElement element)
    {
        if (element.VR.Code is "FL" or "FD")
        {
            return string.Join('\\', dataset.GetDoubles(element.Tag).Select(Hex));
        }

        if (element.VR.IsText)
        {
            return string.Join('\\', dataset.GetStrings(element.Tag).Select(value => value.Trim(' ', '\0')));
        }

        if (element.VR.Code[0] == 'O' || element.VR == DicomVR.UN)
        {
            return element.IsEmpty
                ? ""
                : Convert.ToHexStringLower(SHA256.HashData(dataset.GetBytes(element.Tag).Span));
        }

        return string.Join('\\', dataset.GetStrings(element.Tag));
    }

    private static string Hex(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return Convert.ToHexStringLower(bytes);
    }

    private static List<string> RunPython(string[] files)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is absent");
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        foreach (var file in files)
        {
            start.ArgumentList.Add(file);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        process.WaitForExit();
        var message = errors.GetAwaiter().GetResult();
        Assert.SkipWhen(message.Contains("No module named 'pydicom'", StringComparison.Ordinal), "pydicom is absent");
        Assert.True(process.ExitCode == 0, message);
        return lines;
    }
}
