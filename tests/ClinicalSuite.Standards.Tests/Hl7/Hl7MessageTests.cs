using System.Text;
using ClinicalSuite.Hl7;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hl7;

public sealed class Hl7MessageTests
{
    private const string Header = "MSH|^~\\&|RIS|HOSPITAL|CS|IMAGING|20260102101500+0800||ADT^A08^ADT_A01|C1|P|2.5.1|||AL|NE||UNICODE UTF-8\r";

    // GB 18030 characters whose second byte is | ^ ~ \ as PS3.5 and HL7 split on.
    public static TheoryData<string> CharactersWithDelimiterBytes => ["亅", "乗", "亊", "乗亅~", "丂乗亊亅"];

    [Fact]
    public void Values_are_found_by_path_with_repetitions_components_and_sub_components()
    {
        var message = Parse(Header + "PID|1||P1^^^SITE&1.2.3&ISO^MR~P2||王^小东^^^^^L^I~Wang^Xiaodong^^^^^L^A||19700101|M\r");
        Assert.Equal("ADT^A08", message.MessageType);
        Assert.Equal("C1", message.ControlId);
        Assert.Equal("|", message.Text("MSH-1"));
        Assert.Equal("^~\\&", message.Text("MSH-2"));
        Assert.Equal("1.2.3", message.Text("PID-3.4.2"));
        Assert.Equal("王", message.Text("PID-5"));
        Assert.Equal("小东", message.Text("PID-5.2"));
        Assert.Equal("Xiaodong", message.Segment("PID")!.Text(5, 2, repetition: 2));
        Assert.Equal(2, message.Segment("PID")![3].RepetitionCount);
        Assert.Equal("", message.Text("PID-30.2"));
        Assert.Equal("", message.Text("ZZZ-1"));
    }

    [Fact]
    public void A_message_is_written_as_it_was_read_even_with_sequences_unknown_to_us()
    {
        var text = Header + "OBX|1|FT|X^Y||line 1\\.br\\line 2 \\H\\high\\N\\ C:\\temp \\Zxy\\ \\X0D\\||\"\"|\r";
        Assert.Equal(text, Encoding.UTF8.GetString(Parse(text).ToBytes()));
    }

    [Fact]
    public void Escape_sequences_are_read_and_those_without_text_stay()
    {
        var message = Parse(Header + "OBX|1|ST|||\\F\\\\S\\\\T\\\\R\\\\E\\|\\X41E78E8B\\|a\\.br\\b|\\H\\b\\N\\|C:\\temp|\\X4\\|\"\"\r");
        var segment = message.Segment("OBX")!;
        Assert.Equal("|^&~\\", segment.Text(5));
        Assert.Equal("A王", segment.Text(6));
        Assert.Equal("a\nb", segment.Text(7));
        Assert.Equal("\\H\\b\\N\\", segment.Text(8));
        Assert.Equal("C:\\temp", segment.Text(9));
        Assert.Equal("\\X4\\", segment.Text(10));
        Assert.True(segment[11].IsNull);
        Assert.False(segment[11].IsEmpty);
    }

    [Fact]
    public void Below_and_above_signs_stay_because_they_delimit_nothing()
    {
        var message = Hl7Message.Create();
        message.Add("OBX").Set(5, "<6.50 & >3");
        Assert.Contains("|<6.50 \\T\\ >3\r", message.ToText(), StringComparison.Ordinal);
        Assert.Equal("<6.50 & >3", Hl7Message.Parse(message.ToBytes()).Text("OBX-5"));
    }

    [Fact]
    public void Any_text_comes_back_from_both_character_sets()
    {
        foreach (var set in new[] { Hl7CharacterSet.Utf8, Hl7CharacterSet.Gb18030 })
        {
            Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            {
                // A lone half of a surrogate pair is no text in any set; line ends become one kind.
                var clean = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c) && c != '\r' && c != '\uFFFE' && c != '\uFFFF')]);
                var message = Hl7Message.Create(set);
                message.Add("OBX").Set(5, clean, "x" + clean);
                message.Segment("OBX")!.Repeat(5, "second" + clean);
                var read = Hl7Message.Parse(message.ToBytes()).Segment("OBX")!;
                return read.Text(5) == clean && read.Text(5, 2) == "x" + clean && read.Text(5, repetition: 2) == "second" + clean;
            }).QuickCheckThrowOnFailure();
        }
    }

    [Theory]
    [MemberData(nameof(CharactersWithDelimiterBytes))]
    public void A_character_whose_second_byte_is_a_delimiter_does_not_split(string name)
    {
        var message = Hl7Message.Create(Hl7CharacterSet.Gb18030);
        message.Header.Set(3, name);
        message.Add("PID").Set(5, name, "小东").Set(7, "19700101");
        var bytes = message.ToBytes();
        Assert.Contains(bytes, b => b is (byte)'|' or (byte)'^' or (byte)'~' or (byte)'\\');
        var read = Hl7Message.Parse(bytes);
        Assert.Equal(name, read.Text("PID-5"));
        Assert.Equal("小东", read.Text("PID-5.2"));
        Assert.Equal("19700101", read.Text("PID-7"));
        Assert.Equal(name, read.Text("MSH-3"));
    }

    [Theory]
    [InlineData("UNICODE UTF-8", "utf-8")]
    [InlineData("GB 18030-2000", "gb18030")]
    [InlineData("GBK", "gb18030")]
    [InlineData("8859/1", "iso-8859-1")]
    [InlineData("8859/15", "iso-8859-15")]
    [InlineData("ASCII", "us-ascii")]
    [InlineData("", "us-ascii")]
    public void The_character_set_is_that_of_MSH_18(string name, string webName)
    {
        var text = Header.Replace("UNICODE UTF-8", name, StringComparison.Ordinal);
        Assert.Equal(webName, Parse(text).Encoding.WebName, ignoreCase: true);
    }

    [Fact]
    public void A_sender_that_names_no_set_is_read_in_the_set_configured_for_it()
    {
        var encoding = Hl7CharacterSet.EncodingOf(Hl7CharacterSet.Gb18030);
        var bytes = encoding.GetBytes("MSH|^~\\&|RIS\rPID|||1||王^小东\r");
        Assert.Throws<Hl7FormatException>(() => Hl7Message.Parse(bytes));
        var limits = Hl7Limits.Default with { UnnamedCharacterSet = Hl7CharacterSet.Gb18030 };
        Assert.Equal("王", Hl7Message.Parse(bytes, limits).Text("PID-5"));
    }

    [Fact]
    public void Text_that_the_named_set_cannot_hold_is_refused_without_naming_it()
    {
        var message = Hl7Message.Create(Hl7CharacterSet.Latin1);
        message.Add("PID").Set(5, "王");
        var refusal = Assert.Throws<Hl7FormatException>(message.ToBytes);
        Assert.Contains("PID", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("王", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MSH")]
    [InlineData("PID|1\r")]
    [InlineData("MSH|^^\\&|\r")]
    [InlineData("MSHA^~\\&A\r")]
    [InlineData("MSH|^~\\&|A\rMSH|^~\\&|A\r")]
    [InlineData("MSH|^~\\&|A\rpid|1\r")]
    [InlineData("MSH|^~\\&|A\rPIDX|1\r")]
    [InlineData("MSH|^~\\&|A|||||||||||||||KLINGON\r")]
    public void What_is_no_message_is_refused(string text) => Assert.Throws<Hl7FormatException>(() => Parse(text));

    [Fact]
    public void Limits_on_bytes_and_segments_hold()
    {
        var limits = new Hl7Limits { MaximumBytes = 400, MaximumSegments = 3 };
        var bytes = Encoding.UTF8.GetBytes(Header + "PID|1\rPV1|1\r");
        Assert.Equal(3, Hl7Message.Parse(bytes, limits).Segments.Count);
        Assert.Throws<Hl7FormatException>(() => Hl7Message.Parse([.. bytes, .. "OBX|1\r"u8], limits));
        Assert.Throws<Hl7FormatException>(() => Hl7Message.Parse([.. bytes, .. new byte[400]], limits));
    }

    [Fact]
    public void Files_with_line_feeds_are_read_too()
    {
        Assert.Equal("1", Parse(Header.TrimEnd('\r') + "\nPID|1\n").Text("PID-1"));
        Assert.Equal("1", Parse(Header.TrimEnd('\r') + "\r\nPID|1\r\n").Text("PID-1"));
    }

    [Fact]
    public void Whatever_bytes_arrive_the_parser_answers_with_a_message_or_its_own_exception()
    {
        byte[] sample =
        [
            .. Encoding.UTF8.GetBytes(Header),
            .. "PID|1||P1^^^SITE&1.2.3&ISO^MR~P2||\\F\\\\X41\\^a||\r"u8,
            .. "OBX|1|ED|||^Application^PDF^Base64^AAAA||||||F\r"u8,
        ];
        var random = new Random(20260102);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Mutated(sample, random);
            try
            {
                var message = Hl7Message.Parse(bytes);
                foreach (var segment in message.Segments)
                {
                    for (var field = 1; field <= segment.FieldCount; field++)
                    {
                        _ = segment[field].Components();
                    }
                }

                Assert.Equal(message.ToText(), Hl7Message.Parse(message.ToBytes()).ToText());
            }
            catch (Hl7FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 2_000, 19_000);
    }

    private static byte[] Mutated(byte[] sample, Random random)
    {
        var bytes = sample.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "|^~\\&\r\n\0\u0081"u8[random.Next(9)]);
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(Math.Min(40, bytes.Count - at)));
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    private static Hl7Message Parse(string text) => Hl7Message.Parse(Encoding.UTF8.GetBytes(text));
}
