using System.Text;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Oru;
using ClinicalSuite.Evidence.Pdf;
using ClinicalSuite.Hl7;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Documents;

public sealed class OruTests
{
    private static readonly OruDestination Utf8 = new("ris-a");
    private static readonly OruDestination Gb18030 = new("ris-b") { CharacterSet = Hl7CharacterSet.Gb18030 };
    private static readonly byte[] Pdf = "%PDF-1.5 sample %%EOF"u8.ToArray();

    [Fact]
    public void Header_patient_and_order_are_where_the_standard_puts_them()
    {
        var message = OruWriter.Write(SampleRun.Context(), SampleRun.Completed(), Pdf, Utf8);
        Assert.Equal("ORU^R01", message.MessageType);
        Assert.Equal("UNICODE UTF-8", message.Text("MSH-18"));
        Assert.Equal("20260102101500+0800", message.Text("MSH-7"));
        Assert.Equal(20, message.ControlId.Length);
        var patient = message.Segment("PID")!;
        Assert.Equal("P0001^^^PHANTOM^MR", patient[3].Raw);
        Assert.Equal("王^小东^^^^^L^I~Wang^Xiaodong^^^^^L^A", patient[5].Raw);
        Assert.Equal("19700101|M", $"{patient[7]}|{patient[8]}");
        var order = message.Segment("OBR")!;
        Assert.Equal("PL1|FI1", $"{order[2]}|{order[3]}");
        Assert.Equal("25045-6^CT unspecified body region^LN", order[4].Raw);
        Assert.Equal("20260102093000", order.Text(7));
        Assert.Equal("A0001|RP1", $"{order[18]}|{order[19]}");
        Assert.Equal("F", order.Text(25));
        Assert.Equal("research use; not clinically validated", message.Text("NTE-3"));
    }

    [Fact]
    public void Numbers_carry_units_and_what_could_not_be_obtained_says_so_with_its_reason()
    {
        var message = OruWriter.Write(SampleRun.Context(DocumentLanguage.Chinese), SampleRun.Completed(), Pdf, Utf8);
        var lines = message.Segments.Where(segment => segment.Name == "OBX").ToList();
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(number => $"{number}"), lines.Select(line => line.Text(1)));
        Assert.Equal("2.25.7", lines[0].Text(5));
        Assert.Equal("O", lines[0].Text(11));
        var volume = lines.First(line => line.Text(3, 4) == "liver-volume");
        Assert.Equal("NM|118565006^Volume^SCT^liver-volume^肝脏: 体积^99CLINSUITE", $"{volume[2]}|{volume[3]}");
        Assert.Equal("1860.6|cm3^cubic centimeter^UCUM|F", $"{volume[5]}|{volume[6]}|{volume[11]}");
        var uncertainty = lines[lines.IndexOf(volume) + 1];
        Assert.Equal("371884006|21.5", $"{uncertainty.Text(3)}|{uncertainty[5]}");
        Assert.Equal(volume.Text(4), uncertainty.Text(4));
        var missing = lines.First(line => line.Text(3, 4) == "portal-diameter");
        Assert.Equal("NM||X", $"{missing[2]}|{missing[5]}|{missing[11]}");
        var reason = lines[lines.IndexOf(missing) + 1];
        Assert.Equal("CWE|114006^测量失败^DCM|F", $"{reason[2]}|{reason[5]}|{reason[11]}");
        Assert.Equal(missing.Text(4), reason.Text(4));
        Assert.Equal("-12.5", lines.First(line => line.Text(3, 4) == "lowest-attenuation").Text(5));
        var phase = lines.First(line => line.Text(3) == "CONTRAST-PHASE");
        Assert.Equal("CWE|PORTAL-VENOUS^门静脉期^99CLINSUITE", $"{phase[2]}|{phase[5]}");
        var probability = lines.FindIndex(line => line.Text(3) == "122157");
        Assert.Equal(["0.730", "0.610", "0.820"], lines.Skip(probability).Take(3).Select(line => line.Text(5)));
        Assert.Single(lines.Skip(probability).Take(3).Select(line => line.Text(4)).Distinct());
        Assert.Contains("CNR 2.9 < 3.0 | ^ & ~ \\)", lines.Single(line => line.Text(5) == "ANATOMY-CUT").Text(5, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_comes_back_byte_for_byte_from_one_line()
    {
        var pdf = ReportPdf.Write(SampleRun.Context(), SampleRun.Completed());
        var message = Hl7Message.Parse(OruWriter.Write(SampleRun.Context(), SampleRun.Completed(), pdf, Utf8).ToBytes());
        var line = message.Segments[^1];
        Assert.Equal("ED|18748-4", $"{line[2]}|{line.Text(3)}");
        Assert.Equal(["", "Application", "PDF", "Base64"], line[5].Components().Take(4));
        Assert.Equal(pdf, Convert.FromBase64String(line.Text(5, 5)));
    }

    [Fact]
    public void A_retry_sends_the_same_bytes_and_each_destination_its_own_control_id()
    {
        var kept = OruWriter.Write(SampleRun.Context(), SampleRun.Completed(), Pdf, OruDestination.Unaddressed).ToBytes();
        Assert.Equal(kept, OruWriter.Write(SampleRun.Context(), SampleRun.Completed(), Pdf, OruDestination.Unaddressed).ToBytes());
        var runId = SampleRun.Context().RunId;
        var (first, firstId) = OruAddress.Readdress(kept, runId, Utf8);
        var (again, againId) = OruAddress.Readdress(kept, runId, Utf8);
        var (other, otherId) = OruAddress.Readdress(kept, runId, Gb18030);
        Assert.Equal(first, again);
        Assert.Equal(firstId, againId);
        Assert.NotEqual(firstId, otherId);
        Assert.Equal(OruWriter.Write(SampleRun.Context(), SampleRun.Completed(), Pdf, Gb18030).ToBytes(), other);
        Assert.Contains("王^小东", Hl7CharacterSet.EncodingOf(Hl7CharacterSet.Gb18030).GetString(other), StringComparison.Ordinal);
    }

    [Fact]
    public void A_correction_says_C_and_keeps_the_filler_number_and_an_unknown_patient_is_preliminary()
    {
        var report = new ObjectReference("2.25.7", "2.25.8", "1.2.840.10008.5.1.4.1.1.88.34", "2.25.9");
        var context = SampleRun.Context();
        var first = OruWriter.Write(context, SampleRun.Completed(), Pdf, Utf8);
        var correction = OruWriter.Write(
            context with { RunId = "second", Predecessor = new PredecessorRun(context.RunId, report) }, SampleRun.Completed(), Pdf, Utf8);
        Assert.Equal(first.Text("OBR-3"), correction.Text("OBR-3"));
        Assert.NotEqual(first.ControlId, correction.ControlId);
        Assert.Equal(["C", "O", "X"], Statuses(correction));
        Assert.Equal("C", correction.Text("OBR-25"));

        var unknown = OruWriter.Write(SampleRun.Context(patientId: ""), SampleRun.Completed(), Pdf, Utf8);
        Assert.Matches("^NOID-[0-9A-F]{12}$", unknown.Text("PID-3"));
        Assert.Equal(["O", "P", "X"], Statuses(unknown));
    }

    [Fact]
    public void A_refusal_is_an_observation_that_cannot_be_obtained_with_its_cause()
    {
        var message = OruWriter.Write(SampleRun.Context(DocumentLanguage.Chinese), SampleRun.Refused, Pdf, Gb18030);
        var lines = message.Segments.Where(segment => segment.Name == "OBX").ToList();
        Assert.Equal("liver-vessels|X", $"{lines[1].Text(3)}|{lines[1][11]}");
        Assert.Equal(
            "NO-CONTRAST^血管内未见造影剂 (vessels brighter than the liver fill 0.08 % of it, needed 0.3 %)^99CLINSUITE", lines[2][5].Raw);
        Assert.Equal("ED", lines[^1].Text(2));
        Assert.DoesNotContain(lines, line => line.Text(2) == "NM");
    }

    [Theory]
    [InlineData("UNICODE UTF-8", "utf-8")]
    [InlineData("GB 18030-2000", "gb18030")]
    public void Another_parser_reads_names_numbers_and_the_report_in_both_character_sets(string set, string codec)
    {
        var pdf = ReportPdf.Write(SampleRun.Context(DocumentLanguage.Chinese), SampleRun.Completed());
        var destination = new OruDestination("peer") { CharacterSet = set };
        var bytes = OruWriter.Write(SampleRun.Context(DocumentLanguage.Chinese), SampleRun.Completed(), pdf, destination).ToBytes();
        var path = Peer.Keep($"oru-{codec}.hl7", bytes);
        const string script = """
            import base64, hashlib, sys, hl7
            raw = open(sys.argv[1], 'rb').read()
            m = hl7.parse(raw.decode(sys.argv[2]))
            print(m['PID.F5.R1.C1'], m['PID.F5.R1.C2'], m['PID.F5.R2.C2'], m['PID.F3.R1.C1'], m['MSH.F18'])
            for o in m.segments('OBX'):
                value = str(o[5])
                kind = str(o[2])
                if kind == 'ED':
                    value = hashlib.sha256(base64.b64decode(str(o[5][0][4]))).hexdigest()
                print(kind, o[3][0][0], m.unescape(value), o[11])
            print('same' if str(m).encode(sys.argv[2]) == raw else 'different')
            """;
        var (status, output) = Peer.Run("python3", "-I", "-c", script, path, codec);
        Assert.SkipWhen(output.Contains("No module named 'hl7'", StringComparison.Ordinal), "python3-hl7 is not installed");
        Assert.True(status == 0, output);
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(pdf)).ToLowerInvariant();
        string[] expected =
        [
            $"王 小东 Xiaodong P0001 {set}", "NM 118565006 1860.6 F", "NM 397413000  X", $"ED 18748-4 {hash} F",
            "CNR 2.9 < 3.0 | ^ & ~ \\)", "same",
        ];
        Assert.All(expected, text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_latin_destination_refuses_a_chinese_name_instead_of_mangling_it()
    {
        var destination = new OruDestination("old") { CharacterSet = Hl7CharacterSet.Latin1 };
        var message = OruWriter.Write(SampleRun.Context(), SampleRun.Completed(), Pdf, destination);
        Assert.Contains("PID", Assert.Throws<Hl7FormatException>(message.ToBytes).Message, StringComparison.Ordinal);
        Assert.Equal(Encoding.Latin1.CodePage, message.Encoding.CodePage);
    }

    private static List<string> Statuses(Hl7Message message) =>
        [.. message.Segments.Where(segment => segment.Name == "OBX").Select(line => line.Text(11)).Distinct().Order(StringComparer.Ordinal)];
}
