using System.Text.Json;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Json;

/// <summary>
/// <c>findings.json</c>: what an analysis says, for programs. Equal results give equal bytes but for <c>timingsMs</c>; it holds no name of
/// the patient.
/// </summary>
public static class FindingsJson
{
    public const string FileName = "findings.json";

    /// <param name="input">What the analysis was given; null where it did not run.</param>
    /// <param name="objects">The other files of the run.</param>
    /// <param name="arrays">Names of the .npy files of the run.</param>
    public static byte[] Write(
        EvidenceContext context, AnalysisResult result, AnalysisInput? input,
        IReadOnlyList<string> objects, IReadOnlyList<string> arrays)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        var completed = result as AnalysisResult.Completed;
        return JsonText.Write(json =>
        {
            json.WriteString("analysis", context.Analysis.Id);
            json.WriteString("version", context.Analysis.Version);
            json.WriteString("state", completed is null ? "not-assessable" : "completed");
            if (result is AnalysisResult.NotAssessable refusal)
            {
                WriteReason(json, refusal);
            }

            WriteList(json, "inputs", Inputs(context, input), entry => entry(json));
            WriteList(json, "measurements", completed?.Measurements ?? [], entry => WriteMeasurement(json, entry));
            WriteList(json, "segments", (completed?.Segments?.Segments ?? []).OrderBy(segment => segment.Number),
                WriteSegment(json, completed?.Segments));
            WriteList(json, "assessments", completed?.Assessments ?? [], entry => WriteAssessment(json, entry));
            WriteList(json, "quality", result.Quality, entry => WriteQuality(json, entry));
            json.WriteStartObject("timingsMs");
            foreach (var (step, ms) in result.TimingsMs.OrderBy(step => step.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(step, Math.Round(ms, 1));
            }

            json.WriteEndObject();
            WriteTexts(json, "arrays", arrays);
            WriteTexts(json, "objects", objects);
            json.WriteString("use", "research use; not clinically validated");
        });
    }

    private static void WriteReason(Utf8JsonWriter json, AnalysisResult.NotAssessable refusal)
    {
        json.WriteStartObject("reason");
        json.WriteString("scheme", refusal.Reason.Scheme);
        json.WriteString("value", refusal.Reason.Value);
        json.WriteString("meaning", refusal.Reason.Meaning);
        json.WriteString("cause", refusal.Cause);
        json.WriteEndObject();
    }

    /// <summary>Series by role, then segments and values from outside.</summary>
    private static IEnumerable<Action<Utf8JsonWriter>> Inputs(EvidenceContext context, AnalysisInput? input)
    {
        foreach (var (role, series) in context.Series.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            yield return json =>
            {
                json.WriteString("role", role);
                json.WriteString("modality", series.Manifest.Modality);
                json.WriteString("study", context.Study.Facts.StudyUid);
                json.WriteString("series", series.Manifest.SeriesUid);
                json.WriteNumber("instances", series.Manifest.InstanceCount);
            };
        }

        foreach (var given in input?.GivenSegments ?? [])
        {
            yield return json =>
            {
                json.WriteString("role", "segment");
                json.WriteString("label", given.Label);
                json.WriteString("source", given.SourceDescription);
            };
        }

        foreach (var value in input?.ClinicalValues ?? [])
        {
            yield return json =>
            {
                json.WriteString("role", "value");
                json.WriteString("name", value.Name);
                json.WriteNumber("value", value.Value);
                json.WriteString("unit", value.Unit);
                if (value.Taken is { } taken)
                {
                    json.WriteString("time", taken);
                }
            };
        }
    }

    private static void WriteMeasurement(Utf8JsonWriter json, Measurement measurement)
    {
        json.WriteString("name", measurement.Name);
        json.WriteCode("code", measurement.Concept);
        if (measurement.Value is { } value)
        {
            json.WriteNumber("value", value);
        }
        else
        {
            json.WriteNull("value");
        }

        if (measurement.Missing is { } missing)
        {
            json.WriteCode("missing", missing);
        }

        json.WriteString("unit", measurement.Unit.Value);
        if (measurement.Derivation is { } derivation)
        {
            json.WriteCode("derivation", derivation);
        }

        if (measurement.SegmentNumber is { } segment)
        {
            json.WriteNumber("segment", segment);
            json.WriteBoolean("ofWholeSegment", measurement.OfWholeSegment);
        }

        json.WriteString("method", measurement.Method);
        if (measurement.Uncertainty is { } uncertainty)
        {
            json.WriteNumber("uncertainty", uncertainty);
        }
    }

    private static Action<Segment> WriteSegment(Utf8JsonWriter json, SegmentMap? map)
    {
        var counts = new long[256];
        foreach (var label in map is null ? [] : map.Labels.Voxels)
        {
            counts[label]++;
        }

        return segment =>
        {
            var voxels = segment.Includes.Append(segment.Number).Distinct().Sum(number => counts[number]);
            json.WriteNumber("number", segment.Number);
            json.WriteString("label", segment.Label);
            json.WriteCode("code", segment.Type);
            json.WriteNumber("volumeMl", voxels * map!.Labels.Geometry.VoxelVolumeMm3 / 1000);
            if (segment.Source is { } source)
            {
                json.WriteString("source", source);
            }
        };
    }

    private static void WriteAssessment(Utf8JsonWriter json, Assessment assessment)
    {
        json.WriteString("name", assessment.Name);
        json.WriteCode("code", assessment.Concept);
        if (assessment.Probability is { } probability)
        {
            json.WriteNumber("probability", probability);
        }

        if (assessment.Category is { } category)
        {
            json.WriteCode("category", category);
        }

        if (assessment.Interval is { } interval)
        {
            json.WriteStartArray("interval");
            json.WriteNumberValue(interval.Low);
            json.WriteNumberValue(interval.High);
            json.WriteEndArray();
        }

        WriteList(json, "contributions", assessment.Contributions, part =>
        {
            json.WriteString("indicator", part.Indicator);
            json.WriteNumber("contribution", part.Contribution);
        });
    }

    private static void WriteQuality(Utf8JsonWriter json, QualityNote note)
    {
        json.WriteCode("code", note.Code);
        json.WriteString("severity", note.Severity == QualitySeverity.Warning ? "warning" : "note");
        json.WriteString("cause", note.Cause);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string property, IEnumerable<T> entries, Action<T> content)
    {
        json.WriteStartArray(property);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            content(entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string property, IEnumerable<string> texts)
    {
        json.WriteStartArray(property);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
