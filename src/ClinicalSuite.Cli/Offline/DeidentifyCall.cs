using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Cli.Offline;

/// <summary>Files de-identified one by one; one that is refused does not hold up the others.</summary>
/// <param name="complain">Hears of every file that was refused, and why; never a value of one.</param>
/// <param name="report">Gets a line for each file, or null.</param>
internal sealed class DeidentifyCall(
    Deidentifier deidentifier, string folder, Action<string> complain, TextWriter? report, IProgress<AnalysisProgress> progress)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public int Written { get; private set; }

    public int Redacted { get; private set; }

    public int Refused { get; private set; }

    public void Run(IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        using var files = new InputFiles(InputLimits.Usual);
        report?.WriteLine("input,output,reason");
        var all = Expand(files, inputs);
        for (var index = 0; index < all.Count && !cancellation.IsCancellationRequested; index++)
        {
            progress.Report(new AnalysisProgress(
                index / (double)all.Count, string.Create(CultureInfo.InvariantCulture, $"file {index + 1} of {all.Count}")));
            Try(files, all[index].File, all[index].GivenByName);
        }
    }

    private List<(InputFile File, bool GivenByName)> Expand(InputFiles files, IReadOnlyList<string> inputs)
    {
        var all = new List<(InputFile, bool)>();
        foreach (var input in inputs)
        {
            try
            {
                all.AddRange(files.Expand([input]));
            }
            catch (Exception refusal) when (refusal is InputRefusedException or IOException or UnauthorizedAccessException
                or InvalidDataException)
            {
                Refuse(input, refusal.Message);
            }
        }

        return all;
    }

    private void Try(InputFiles files, InputFile file, bool isNamed)
    {
        // Decoded frames may be larger than a folder of temporary files: they lie where the result will.
        var scratch = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(folder);
            if (!isNamed && !files.IsPart10(file))
            {
                complain($"{file}: passed over: not DICOM");
                return;
            }

            switch (deidentifier.Apply(files.Read(file), scratch))
            {
                case DeidentificationOutcome.Done done:
                    Write(file, done);
                    break;
                case DeidentificationOutcome.Refused refused:
                    Refuse(file.ToString(), refused.Reason);
                    break;
            }
        }
        catch (Exception refusal) when (refusal is DicomFormatException or InputRefusedException or IOException
            or UnauthorizedAccessException or InvalidDataException)
        {
            Refuse(file.ToString(), refusal.Message);
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    private void Write(InputFile file, DeidentificationOutcome.Done done)
    {
        var place = PlaceOf(done.Dataset);
        if (!taken.Add(place))
        {
            Refuse(file.ToString(), "the same instance was written from an earlier file");
            return;
        }

        if (file.Entry is null && Path.GetFullPath(file.Path) == Path.GetFullPath(place))
        {
            Refuse(file.ToString(), "it would be written over itself");
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        DicomFile.Create(done.Dataset, done.Syntax).Save(place, done.Syntax);
        Written++;
        Redacted += done.IsRedacted ? 1 : 0;
        Report(file.ToString(), place, "");
    }

    /// <summary>Names are UIDs, which say nothing; one that is no UID is not made a path.</summary>
    private string PlaceOf(DicomDataset dataset)
    {
        var parts = new[] { DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID }
            .Select(dataset.GetStringOrEmpty).Where(DicomUID.IsWellFormed).ToList();
        return Path.Combine([folder, .. parts]) + ".dcm";
    }

    private void Refuse(string input, string reason)
    {
        Refused++;
        complain(reason.Contains(Path.GetFileName(input), StringComparison.Ordinal) ? reason : $"{input}: {reason}");
        Report(input, "", reason);
    }

    private void Report(string input, string output, string reason) =>
        report?.WriteLine(string.Join(',', new[] { input, output, reason }.Select(Quoted)));

    private static string Quoted(string field) => "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
