using System.Security.Cryptography;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Arrays;
using ClinicalSuite.Evidence.Json;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>The files of one execution: objects in the order in which they are to leave, arrays, and findings.json last.</summary>
internal static class ResultFolder
{
    /// <param name="input">Null where the analysis did not run: then findings.json alone is written.</param>
    public static IReadOnlyList<WrittenObject> Write(
        string folder, EvidenceContext context, AnalysisResult result, AnalysisInput? input, bool withArrays)
    {
        Directory.CreateDirectory(folder);
        result = context.Stated(result);
        var written = ConvertedImages(folder, context);
        if (input is not null)
        {
            foreach (var made in EvidenceSet.Write(context, result, input))
            {
                written.Add(Write(folder, made.Kind, made.FileName, made.Reference, made.Content.Span));
            }
        }

        var arrays = withArrays && result is AnalysisResult.Completed completed ? WriteArrays(folder, completed) : [];
        var findings = FindingsJson.Write(context, result, input, [.. written.Select(made => made.FileName)], arrays);
        written.Add(Write(folder, EvidenceKind.FindingsJson, FindingsJson.FileName, null, findings));
        return written;
    }

    /// <summary>Images of this folder's own: they leave first, for the others refer to them.</summary>
    private static List<WrittenObject> ConvertedImages(string folder, EvidenceContext context) =>
    [
        .. from series in context.Study.Series
           from instance in series.Instances
           where instance.File.Entry is null && Path.GetDirectoryName(instance.File.Path) == folder
           select Converted(folder, context, series, instance),
    ];

    private static WrittenObject Converted(string folder, EvidenceContext context, SourceSeries series, SourceInstance instance)
    {
        var name = Path.GetFileName(instance.File.Path);
        var content = File.ReadAllBytes(Path.Combine(folder, name));
        var reference = new ObjectReference(
            context.Study.Facts.StudyUid, series.Manifest.SeriesUid, instance.SopClassUid, instance.SopInstanceUid);
        return new WrittenObject(
            EvidenceKind.ConvertedImage, name, reference, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private static List<string> WriteArrays(string folder, AnalysisResult.Completed result)
    {
        var files = new List<string>();
        if (result.Segments is { } map)
        {
            files.AddRange(ArrayFiles.WriteLabels(folder, map.Labels, map.Segments));
        }

        foreach (var quantity in result.Maps)
        {
            files.AddRange(ArrayFiles.Write(folder, quantity.Name, quantity.Values, quantity.Unit));
        }

        return [.. files.Where(name => name.EndsWith(".npy", StringComparison.Ordinal))];
    }

    private static WrittenObject Write(
        string folder, EvidenceKind kind, string name, ObjectReference? reference, ReadOnlySpan<byte> content)
    {
        using var file = File.Create(Path.Combine(folder, name));
        file.Write(content);
        return new WrittenObject(kind, name, reference, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
