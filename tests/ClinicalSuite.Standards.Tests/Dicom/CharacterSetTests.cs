using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

/// <summary>Bytes and text of PS3.5 Annexes H, I, J and K, and of each single-byte set.</summary>
public class CharacterSetTests
{
    /// <summary>Terms of (0008,0005), the name, and its bytes by an independent encoder.</summary>
    public static TheoryData<string, string, string> Names => new()
    {
        { "ISO_IR 100", "Buc^Jérôme", "4275635e4ae972f46d65" },
        { "ISO_IR 101", "Wałęsa^Łukasz", "5761b3ea73615ea3756b61737a" },
        { "ISO_IR 109", "Ĉiĝo^Ħal", "c669f86f5ea1616c" },
        { "ISO_IR 110", "Bērziņš^Ģirts", "42ba727a69f1b95eab69727473" },
        { "ISO_IR 144", "Люкceмбypг", "bbeeda6365dcd17970d3" },
        { "ISO_IR 127", "قباني^لنزار", "e2c8c7e6ea5ee4e6d2c7d1" },
        { "ISO_IR 126", "Διονυσιος", "c4e9efedf5f3e9eff2" },
        { "ISO_IR 138", "שרון^דבורה", "f9f8e5ef5ee3e1e5f8e4" },
        { "ISO_IR 148", "Çavuşoğlu^İpek", "c7617675fe6ff06c755edd70656b" },
        { "ISO_IR 166", "นามสกุล^ชื่อ", "b9d2c1caa1d8c55eaad7e8cd" },
        { "ISO_IR 203", "Œuvre^€", "bc757672655ea4" },
        { "ISO_IR 13", "ﾔﾏﾀﾞ^ﾀﾛｳ", "d4cfc0de5ec0dbb3" },
        { "ISO_IR 192", "Wang^XiaoDong=王^小东", "57616e675e5869616f446f6e673de78e8b5ee5b08fe4b89c" },
        { "GB18030", "Wang^XiaoDong=王^小东", "57616e675e5869616f446f6e673dcdf55ed0a1b6ab" },
        { "GBK", "王^小东", "cdf55ed0a1b6ab" },
        { "GB18030", "㐂𠀀^誠\\功", "8139ef31953282365ed55c5cb9a6" },
        {
            "\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう",
            "59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b28423d1b24422464245e24401b28425e"
            + "1b2442243f246d24261b2842"
        },
        {
            "ISO 2022 IR 13\\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
            "d4cfc0de5ec0dbb33d1b24423b3345441b284a5e1b244242404f3a1b284a3d1b24422464245e24401b284a5e1b244224"
            + "3f246d24261b284a"
        },
        {
            "\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동",
            "486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf"
        },
        {
            "\\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东=",
            "5a68616e675e5869616f446f6e673d1b242941d5c55e1b242941d0a1b6ab3d"
        },
        { "\\ISO 2022 IR 87\\ISO 2022 IR 159", "Test=丂侄^山", "546573743d1b2428443021307e1b28425e1b24423b331b2842" },
        { "ISO 2022 IR 100\\ISO 2022 IR 144", "Jérôme^Люк", "4ae972f46d655e1b2d4cbbeeda" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_decoded(string terms, string name, string hex)
    {
        var dataset = Read(terms, Convert.FromHexString(hex));

        // One of the names holds the value delimiter beside a character whose second byte is 5CH.
        Assert.Equal(name.TrimEnd('='), string.Join('\\', dataset.GetStrings(DicomTag.PatientName)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_encoded(string terms, string name, string hex)
    {
        var dataset = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, terms.Split('\\'))
            .AddOrUpdate(DicomTag.PatientName, name.Split('\\'));

        Assert.Equal(hex, Convert.ToHexStringLower(WrittenName(dataset)));
    }

    [Theory]
    [InlineData("", "王")]
    [InlineData("ISO_IR 100", "王")]
    [InlineData("\\ISO 2022 IR 149", "ชื่อ")]
    [InlineData("GBK", "\U00020000")]
    public void Text_that_does_not_fit_is_refused_and_can_be_asked_for_beforehand(string terms, string name)
    {
        var dataset = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, terms.Split('\\'))
            .AddOrUpdate(DicomTag.PatientName, name);

        var refusal = Assert.Throws<DicomFormatException>(() => WrittenName(dataset));

        Assert.Equal("(0010,0010)", refusal.TagPath);
        Assert.DoesNotContain(name, refusal.Message, StringComparison.Ordinal);
        Assert.False(dataset.TextFitsIn(terms.Split('\\')));
        Assert.True(dataset.TextFitsIn("ISO_IR 192"));
    }

    [Fact]
    public void Text_moves_between_data_sets_as_text_not_as_bytes()
    {
        var source = Read("GB18030", Convert.FromHexString("cdf55ed0a1b6ab"));
        var target = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .AddOrUpdate(source.GetElement(DicomTag.PatientName));

        Assert.Equal("王^小东", target.GetString(DicomTag.PatientName));
        Assert.Equal("王^小东"u8.ToArray(), WrittenName(target).AsSpan(0, 10).ToArray());
    }

    [Fact]
    public void Items_without_a_character_set_use_the_one_outside()
    {
        var dataset = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, "GB18030")
            .AddOrUpdate(DicomTag.OtherPatientIDsSequence,
                new DicomDataset().AddOrUpdate(DicomTag.PatientID, "小东"),
                new DicomDataset()
                    .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
                    .AddOrUpdate(DicomTag.PatientID, "小东"));

        var items = RoundTrip(dataset).GetSequence(DicomTag.OtherPatientIDsSequence);

        Assert.Equal(["小东", "小东"], items.Select(item => item.GetString(DicomTag.PatientID)));
        Assert.Equal([4, 6], items.Select(item => item.GetBytes(DicomTag.PatientID).Length));
    }

    [Fact]
    public void Bytes_beyond_ascii_without_a_character_set_are_utf8_if_they_can_be_and_latin1_otherwise()
    {
        Assert.Equal("王^小东", Read("", "王^小东"u8.ToArray()).GetString(DicomTag.PatientName));
        Assert.Equal("Buc^Jérôme",
            Read("", Convert.FromHexString("4275635e4ae972f46d65")).GetString(DicomTag.PatientName));
    }

    [Fact]
    public void A_name_has_three_groups_of_five_components()
    {
        var dataset = Read("ISO_IR 192", "Yamada^Tarou=山田^太郎=やまだ^たろう"u8.ToArray());

        Assert.True(dataset.TryGetPersonName(DicomTag.PatientName, out var name));

        Assert.Equal(("Yamada^Tarou", "山田^太郎", "やまだ^たろう"), (name.Alphabetic, name.Ideographic, name.Phonetic));
        Assert.Equal(("Yamada", "Tarou"), (name.Family, name.Given));
        Assert.Equal("Yamada^Tarou=山田^太郎=やまだ^たろう", name.ToString());
    }

    private static DicomDataset Read(string terms, byte[] name)
    {
        var dataset = new DicomDataset();
        if (terms.Length > 0)
        {
            dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, terms.Split('\\'));
        }

        dataset.AddOrUpdate(DicomVR.PN, DicomTag.PatientName, name);
        return RoundTrip(dataset);
    }

    private static DicomDataset RoundTrip(DicomDataset dataset)
    {
        using var stream = new MemoryStream();
        DicomFile.WriteDataset(dataset, stream, DicomTransferSyntax.ExplicitVRLittleEndian);
        return DicomFile.ReadDataset(stream.ToArray(), DicomTransferSyntax.ExplicitVRLittleEndian);
    }

    private static byte[] WrittenName(DicomDataset dataset)
    {
        var bytes = RoundTrip(dataset).GetBytes(DicomTag.PatientName).ToArray();
        return bytes[^1] == ' ' ? bytes[..^1] : bytes;
    }
}
