using System.Diagnostics;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Conformance;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Evidence;

/// <summary>Independent programs that read DICOM objects and say what is wrong with them.</summary>
internal static class Judges
{
    private const string ReportPrefix = "1.2.840.10008.5.1.4.1.1.88.";

    private static readonly string[] Programs = ["dciodvfy", "dcmdump", "dsrdump", "gdcminfo", "java"];

    private static readonly string[] PixelMedPlaces =
        ["/usr/share/java/pixelmed.jar", "/usr/share/java/libpixelmed-java.jar", "/usr/share/java/pixelmed/pixelmed.jar"];

    public static void SkipWhereAbsent()
    {
        var missing = Programs.Where(program => !OnPath(program)).ToList();
        Assert.SkipUnless(missing.Count == 0, $"judges not installed: {string.Join(", ", missing)} (tests/packages.txt)");
        Assert.SkipUnless(PixelMed is not null, "pixelmed.jar not installed (tests/packages.txt)");
    }

    public static void SkipWithoutPython() => Assert.SkipUnless(
        File.Exists("/usr/bin/python3") && Run("/usr/bin/python3", "-c", "import pydicom, numpy").Status == 0,
        "python3-pydicom and python3-numpy not installed (tests/packages.txt)");

    /// <summary>Each error that a judge names; empty when all accept the file.</summary>
    public static IReadOnlyList<string> Errors(string path, string sopClass)
    {
        var errors = new List<string>();
        var (status, output) = Run("dciodvfy", path);
        errors.AddRange(Lines(output, "Error").Select(line => "dciodvfy: " + line));
        if (status > 127 || output.Contains("Information Object Not found", StringComparison.Ordinal))
        {
            errors.Add($"dciodvfy: ended with {status} or does not know the class");
        }

        if (sopClass.StartsWith(ReportPrefix, StringComparison.Ordinal))
        {
            Demand(errors, "dsrdump", "-q", path);
            AddPixelMed(errors, path);
        }
        else if (sopClass != "1.2.840.10008.5.1.4.1.1.104.1")
        {
            Demand(errors, "gdcminfo", path);
        }

        Demand(errors, "dcmdump", "-q", path);
        errors.AddRange(ObjectConformance.Check(DicomFile.Open(path))
            .Where(finding => finding.Severity == ConformanceSeverity.Error).Select(finding => $"dicom check: {finding}"));
        return errors;
    }

    public static (int Status, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static string? PixelMed { get; } = PixelMedPlaces.FirstOrDefault(File.Exists);

    private static void Demand(List<string> errors, string program, params string[] arguments)
    {
        var (status, output) = Run(program, arguments);
        if (status != 0)
        {
            errors.Add($"{program}: ended with {status}: {output.Split('\n')[0]}");
        }
    }

    private static void AddPixelMed(List<string> errors, string path)
    {
        // Without these limits lifted recent Java refuses the validator's style sheets (JAXP00801001).
        var (status, output) = Run(
            "java", "-Djdk.xml.xpathTotalOpLimit=0", "-Djdk.xml.xpathExprOpLimit=0", "-Djdk.xml.xpathExprGrpLimit=0",
            "-cp", PixelMed!, "com.pixelmed.validate.DicomSRValidator", path);
        errors.AddRange(Lines(output, "Error").Select(line => "pixelmed: " + line));
        if (status != 0 || output.Contains("Exception", StringComparison.Ordinal)
            || output.Contains("JAXP", StringComparison.Ordinal) || !output.Contains("Root Template", StringComparison.Ordinal))
        {
            errors.Add($"pixelmed: did not judge ({status}): {output}");
        }
    }

    private static IEnumerable<string> Lines(string output, string start) =>
        output.Split('\n').Where(line => line.TrimStart().StartsWith(start, StringComparison.Ordinal));

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
