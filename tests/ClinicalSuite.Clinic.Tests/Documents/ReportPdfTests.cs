using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Pdf;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Documents;

public sealed class ReportPdfTests
{
    public static TheoryData<string, DocumentLanguage> Languages => new()
    {
        { "report-en.pdf", DocumentLanguage.English },
        { "report-zh.pdf", DocumentLanguage.Chinese },
    };

    [Theory]
    [MemberData(nameof(Languages))]
    public void Structure_is_sound_and_all_fonts_are_embedded(string name, DocumentLanguage language)
    {
        var path = Peer.Keep(name, ReportPdf.Write(SampleRun.Context(language), SampleRun.Completed()));
        var (status, output) = Peer.Run("qpdf", "--check", path);
        Assert.True(status == 0, output);
        Assert.DoesNotContain("WARNING", output, StringComparison.Ordinal);
        var fonts = Peer.Run("pdffonts", path).Output.Split('\n').Skip(2).Where(line => line.Length > 0).ToList();
        Assert.NotEmpty(fonts);

        // name, type, encoding, emb, sub, uni: embedded, as a subset, with a map to Unicode.
        Assert.All(fonts, line => Assert.Matches("yes yes yes", line));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Names_in_two_scripts_numbers_units_and_causes_are_text_that_can_be_searched(string name, DocumentLanguage language)
    {
        var path = Peer.Keep(name, ReportPdf.Write(SampleRun.Context(language), SampleRun.Completed()));
        var text = Peer.Run("pdftotext", "-layout", path, "-").Output;
        string[] both =
        [
            "王小东", "Wang Xiaodong", "P0001", "1970-01-01", "A0001", "2026-01-02 09:30", "腹部增强 CT", "Li Wei",
            "1860.6", "± 21.5", "cm³", "112.3", "HU", "5.17", "%", "−12.5", "0.73", "0.61–0.82", "CNR 2.9 < 3.0 | ^ & ~ \\",
            "SEG 2.25.4711 by Vendor X", "liver-vessels", "1.0.0", "5f0c2a9e-77d1-4a53-9e3a-0c1f5a0b7711", "2.25.77",
            "2026-01-02 10:15 +08:00", "research use; not clinically validated", "noiseSdHu=11.32",
        ];
        var words = language == DocumentLanguage.English
            ? new[] { "Liver vessels", "Hepatic vasculature", "Measurement failure", "Portal venous", "Page 1 of 2", "Synthetic data" }
            : ["肝脏血管", "肝内血管", "测量失败", "门静脉期", "第 1 页，共 2 页", "合成数据", "仅供研究使用", "器官在扫描边缘被截断", "男"];
        Assert.All(both.Concat(words), expected => Assert.Contains(expected, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_refusal_states_reason_and_measured_cause_and_no_number(string name, DocumentLanguage language)
    {
        var path = Peer.Keep("refused-" + name, ReportPdf.Write(SampleRun.Context(language), SampleRun.Refused));
        var text = Peer.Run("pdftotext", "-layout", path, "-").Output;
        Assert.Contains("vessels brighter than the liver fill 0.08 % of it, needed 0.3 %", text, StringComparison.Ordinal);
        Assert.Contains(language == DocumentLanguage.English ? "Not assessable" : "无法评估", text, StringComparison.Ordinal);
        Assert.Contains(
            language == DocumentLanguage.English ? "No contrast agent seen in the vessels" : "血管内未见造影剂", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cm³", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patient_without_an_id_is_called_unidentified_on_the_page()
    {
        var path = Peer.Keep("unidentified.pdf", ReportPdf.Write(SampleRun.Context(patientId: ""), SampleRun.Completed()));
        Assert.Contains("Patient not identified", Peer.Run("pdftotext", path, "-").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_input_gives_equal_bytes_whatever_the_clock_says()
    {
        var first = ReportPdf.Write(SampleRun.Context(), SampleRun.Completed());
        Assert.Equal(first, ReportPdf.Write(SampleRun.Context(), SampleRun.Completed()));
        Assert.NotEqual(first, ReportPdf.Write(SampleRun.Context(DocumentLanguage.Chinese), SampleRun.Completed()));
    }

    [Fact]
    public void A_long_table_breaks_over_pages_and_repeats_its_head()
    {
        var result = SampleRun.Completed();
        var many = result with
        {
            Measurements = [.. Enumerable.Range(0, 120).Select(i => result.Measurements[i % 6] with { SegmentNumber = 1 + (i / 60) })],
        };
        var path = Peer.Keep("long.pdf", ReportPdf.Write(SampleRun.Context(), many));
        var pages = Peer.Run("pdftotext", "-layout", path, "-").Output.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pages.Length >= 4, $"{pages.Length} pages");
        foreach (var page in pages.Where(page => page.Contains("voxel count 1", StringComparison.Ordinal)))
        {
            Assert.Contains("± 1 SD", page, StringComparison.Ordinal);
        }

        Assert.All(pages, page => Assert.Contains("research use; not clinically validated", page, StringComparison.Ordinal));
    }
}
