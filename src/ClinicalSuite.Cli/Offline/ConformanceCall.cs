using System.Text.Json;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Conformance;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Cli.Offline;

/// <summary>Files checked one by one; one that is refused does not hold up the others.</summary>
internal sealed class ConformanceCall(bool showsWarnings, bool writesJson, TextWriter output, TextWriter complaints)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Objects with at least one error.</summary>
    public int Faulty { get; private set; }

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

                Try(files, file, isNamed);
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

    private void Try(InputFiles files, InputFile file, bool isNamed)
    {
        try
        {
            if (!isNamed && !files.IsPart10(file))
            {
                complaints.WriteLine($"{file}: passed over: not DICOM");
                return;
            }

            Check(files.ReadFile(file), file);
        }
        catch (DicomFormatException refusal)
        {
            // The message names the file where it is one; an entry of an archive has no file of its own.
            Refuse(refusal.File is null ? $"{file}: {refusal.Message}" : refusal.Message);
        }
        catch (Exception refusal) when (refusal is InputRefusedException or IOException or UnauthorizedAccessException)
        {
            Refuse(refusal.Message.Contains(file.Path, StringComparison.Ordinal) ? refusal.Message : $"{file}: {refusal.Message}");
        }
    }

    private void Check(DicomFile file, InputFile name)
    {
        var findings = ObjectConformance.Check(file);
        var errors = findings.Count(finding => finding.Severity == ConformanceSeverity.Error);
        Faulty += errors > 0 ? 1 : 0;
        var shown = findings.Where(finding => showsWarnings || finding.Severity == ConformanceSeverity.Error);
        var sopClass = file.Dataset.GetStringOrEmpty(DicomTag.SOPClassUID);
        if (writesJson)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    file = name.ToString(),
                    sopClass,
                    iod = ObjectConformance.DefinitionOf(sopClass),
                    errors,
                    warnings = findings.Count - errors,
                    findings = shown.Select(finding => new
                    {
                        severity = finding.Severity == ConformanceSeverity.Error ? "error" : "warning",
                        finding.Path,
                        finding.Keyword,
                        finding.Module,
                        finding.Reason,
                    }),
                },
                Format));
            return;
        }

        output.WriteLine($"{name}: {DicomUID.NameOf(sopClass)}: {errors} errors, {findings.Count - errors} warnings");
        foreach (var finding in shown)
        {
            output.WriteLine($"  {finding}");
        }
    }

    private void Refuse(string reason)
    {
        Refused++;
        complaints.WriteLine(reason);
    }
}
