using System.Text;
using System.Text.Json.Nodes;
using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Clinic.Tests.Labels;
using ClinicalSuite.Evidence.Json;
using ClinicalSuite.Findings;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Json;

public sealed class FindingsJsonTests
{
    [Fact]
    public void Everything_that_an_analysis_says_is_there_under_the_names_of_the_contract()
    {
        using var ct = new LabelledCt();
        var result = LiverReading.Completed(ct.Labels) with { TimingsMs = new Dictionary<string, double> { ["b"] = 1.26, ["a"] = 2 } };

        var json = Parse(FindingsJson.Write(ct.Context, result, null, ["sr.dcm"], ["labels.npy"]));

        Assert.Equal(("liver-vessels", "completed"), ((string?)json["analysis"] ?? "", (string?)json["state"] ?? ""));
        Assert.Null(json["reason"]);
        var liver = json["measurements"]![0]!;
        Assert.Equal(1205.7649, (double)liver["value"]!);
        Assert.Equal(("118565006", "SCT", "cm3", 1), ((string?)liver["code"]!["value"], (string?)liver["code"]!["scheme"], (string?)liver["unit"], (int)liver["segment"]!));
        var missing = json["measurements"]![3]!.AsObject();
        Assert.True(missing.ContainsKey("value") && missing["value"] is null);
        Assert.Equal("LOW-CONTRAST", (string?)missing["missing"]!["value"]);
        Assert.Equal([0.61, 0.82], json["assessments"]![1]!["interval"]!.AsArray().Select(number => (double)number!));
        Assert.Equal("PORTAL-VENOUS", (string?)json["assessments"]![0]!["category"]!["value"]);
        Assert.Equal("NOISE", (string?)json["quality"]![0]!["code"]!["value"]);
        Assert.Equal("""{"a":2,"b":1.3}""", json["timingsMs"]!.ToJsonString());
        Assert.Equal(["labels.npy"], json["arrays"]!.AsArray().Select(name => (string?)name));
    }

    [Fact]
    public void The_volume_of_a_segment_counts_what_it_includes()
    {
        using var ct = new LabelledCt();
        var inside = ct.Labels.VoxelArray.Count(label => label != 0);
        var portal = ct.Labels.VoxelArray.Count(label => label == 2);

        var json = Parse(FindingsJson.Write(ct.Context, LiverReading.Completed(ct.Labels), null, [], []));

        // 3.75 x 3.9 x 5 mm.
        Assert.Equal(inside * 73.125 / 1000, (double)json["segments"]![0]!["volumeMl"]!, 1e-6);
        Assert.Equal(portal * 73.125 / 1000, (double)json["segments"]![1]!["volumeMl"]!, 1e-6);
        Assert.Equal("file liver.nii.gz", (string?)json["segments"]![0]!["source"]);
    }

    [Fact]
    public void A_refusal_names_its_reason_and_no_file_names_the_patient()
    {
        using var ct = new LabelledCt();
        var refusal = new AnalysisResult.NotAssessable(new Code("NO-CONTRAST", "99CLINSUITE", "No contrast agent seen"), "median 42 HU");

        var bytes = FindingsJson.Write(ct.Context, refusal, null, [], []);

        var json = Parse(bytes);
        Assert.Equal(("not-assessable", "NO-CONTRAST", "median 42 HU"),
            ((string?)json["state"], (string?)json["reason"]!["value"], (string?)json["reason"]!["cause"]));
        Assert.Equal(bytes, FindingsJson.Write(ct.Context, refusal, null, [], []));
        var text = Encoding.UTF8.GetString(bytes) + Encoding.UTF8.GetString(FindingsJson.Write(ct.Context, LiverReading.Completed(ct.Labels), null, [], []));
        Assert.DoesNotContain("Wang", text, StringComparison.Ordinal);
        Assert.DoesNotContain("小东", text, StringComparison.Ordinal);
        Assert.DoesNotContain("P0001", text, StringComparison.Ordinal);
    }

    private static JsonNode Parse(byte[] bytes) => JsonNode.Parse(bytes)!;
}
