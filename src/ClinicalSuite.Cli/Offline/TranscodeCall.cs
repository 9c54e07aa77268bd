using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Cli.Offline;

/// <summary>Files read, transcoded and written one by one; one that is refused does not hold up the others.</summary>
/// <param name="complain">Hears of every file that was refused or treated in another way than asked, and why.</param>
internal sealed class TranscodeCall(string folder, DicomTransferSyntax syntax, DicomOffsetTable table, Action<string> complain)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public int Written { get; private set; }

    public int Refused { get; private set; }

    public void Run(IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        using var files = new InputFiles(InputLimits.Usual);
        foreach (var input in inputs)
        {
            foreach (var (file, isNamed) in Expand(files, input))
            {
                if (cancellation.IsCancellationRequested)
                {
                    return;
                }

                Try(files, file, isNamed, PlaceOf(input, file));
            }
        }
    }

    private IReadOnlyList<(InputFile File, bool GivenByName)> Expand(InputFiles files, string input)
    {
        try
        {
            return files.Expand([input]);
        }
        catch (Exception refusal) when (refusal is InputRefusedException or IOException or UnauthorizedAccessException)
        {
            Refuse(refusal.Message);
            return [];
        }
    }

    private void Try(InputFiles files, InputFile file, bool isNamed, string place)
    {
        try
        {
            if (!isNamed && !files.IsPart10(file))
            {
                complain($"{file}: passed over: not DICOM");
                return;
            }

            Write(files.Read(file), file, place);
            Written++;
        }
        catch (DicomFormatException refusal)
        {
            // The message names the file where it is one; an entry of an archive has no file of its own.
            Refuse(refusal.File is null ? $"{file}: {refusal.Message}" : refusal.Message);
        }
        catch (Exception refusal) when (refusal is InputRefusedException or IOException or UnauthorizedAccessException
            or InvalidDataException)
        {
            Refuse(refusal.Message.Contains(file.Path, StringComparison.Ordinal) ? refusal.Message : $"{file}: {refusal.Message}");
        }
    }

    private void Write(DicomDataset dataset, InputFile file, string place)
    {
        if (!taken.Add(place))
        {
            throw new IOException($"{file}: two inputs would both be written to {place}");
        }

        if (file.Entry is null && Path.GetFullPath(file.Path) == Path.GetFullPath(place))
        {
            throw new IOException($"{file}: would be written over itself");
        }

        var target = syntax;
        if (target.IsEncapsulated && !HasPixels(dataset))
        {
            target = DicomTransferSyntax.ExplicitVRLittleEndian;
            complain($"{file}: no pixel data: written in {target}");
        }

        var transcoded = DicomPixelData.Encode(dataset, target, table);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        DicomFile.Create(transcoded, target).Save(place, target);
    }

    private static bool HasPixels(DicomDataset dataset) => dataset.Contains(DicomTag.PixelData)
        || dataset.Contains(DicomTag.FloatPixelData) || dataset.Contains(DicomTag.DoubleFloatPixelData);

    /// <summary>Names in an archive come from outside: only plain parts of them lead into the folder.</summary>
    private string PlaceOf(string input, InputFile file)
    {
        var relative = file.Entry is not null ? file.Entry
            : Directory.Exists(input) ? Path.GetRelativePath(input, file.Path)
            : Path.GetFileName(file.Path);
        var parts = relative.Split('/', '\\').Where(part => part.Length > 0 && part.Trim('.').Length > 0).ToArray();
        return Path.Combine([folder, .. parts.Length > 0 ? parts : ["object.dcm"]]);
    }

    private void Refuse(string reason)
    {
        Refused++;
        complain(reason);
    }
}
