using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Clinic.Tests.Analyses;

/// <summary>All of a result but the time it took, as text: equal text is an equal result, bit by bit.</summary>
internal static class ResultDigest
{
    public static string Of(AnalysisResult result)
    {
        var text = new StringBuilder();
        foreach (var note in result.Quality)
        {
            text.AppendLine(note.ToString());
        }

        return result switch
        {
            AnalysisResult.NotAssessable refused => text.Append($"{refused.Reason} {refused.Cause}").ToString(),
            AnalysisResult.Completed completed => Append(text, completed).ToString(),
            _ => throw new ArgumentException($"no digest of a {result.GetType().Name}"),
        };
    }

    public static string Of(AnalysisInput input) => string.Join('\n', input.Series
        .Select(series => $"{series.Key} {series.Value.Facts} {Bytes<float>(series.Value.Image.Voxels)}")
        .Concat(input.GivenSegments.Select(given => $"{given.Label} {Bytes<byte>(given.Mask.Voxels)}")));

    private static StringBuilder Append(StringBuilder text, AnalysisResult.Completed result)
    {
        foreach (var m in result.Measurements)
        {
            var value = m.Value is { } number ? BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture) : "none";
            text.AppendLine(CultureInfo.InvariantCulture, $"{m.Name} {value} {m.Uncertainty:R} {m}");
        }

        foreach (var assessment in result.Assessments)
        {
            text.AppendLine(assessment.ToString()).AppendJoin(' ', assessment.Contributions);
        }

        foreach (var map in result.Maps)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{map.Name} {map.Quantity} {map.Unit} {Bytes<float>(map.Values.Voxels)}");
        }

        foreach (var figure in result.Figures)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{figure.Name} {figure.Title} {figure.Raster with { Values = [] }} {Bytes<float>(figure.Raster.Values)}");
            text.AppendJoin(' ', figure.Overlays.Select(overlay => Bytes<byte>(overlay.Opacity)));
        }

        if (result.Segments is { } segments)
        {
            text.AppendJoin('\n', segments.Segments).Append(Bytes<byte>(segments.Labels.Voxels));
        }

        return text.AppendJoin('\n', result.Parameters);
    }

    private static string Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}
