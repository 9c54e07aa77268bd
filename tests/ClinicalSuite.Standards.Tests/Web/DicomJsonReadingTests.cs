using System.Text;
using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Web;

/// <summary>The DICOM JSON model (PS3.18 Annex F), read back.</summary>
public class DicomJsonReadingTests
{
    [Fact]
    public void A_data_set_of_every_kind_comes_back_from_JSON()
    {
        var dataset = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, "GB18030")
            .AddOrUpdate(DicomTag.PatientName, "Wang^XiaoDong=王^小东=")
            .AddOrUpdate(DicomTag.PixelSpacing, 0.1, -2.5e-7)
            .AddOrUpdate(DicomTag.InstanceNumber, "-12")
            .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "", "AXIAL")
            .AddOrUpdate(DicomTag.Rows, 512)
            .AddOrUpdate(DicomVR.SS, new DicomTag(0x0028, 0x0120), -2000)
            .AddOrUpdate(DicomTag.FrameIncrementPointer, DicomTag.FrameTime)
            .AddOrUpdate(DicomVR.UV, new DicomTag(0x0009, 0x1001), [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
            .AddOrUpdate(DicomVR.OB, new DicomTag(0x0009, 0x1002), [1, 2, 3, 4])
            .AddOrUpdate(DicomTag.StudyDescription)
            .AddOrUpdate(DicomTag.RequestAttributesSequence, new DicomDataset(), new DicomDataset()
                .AddOrUpdate(DicomTag.ScheduledProcedureStepDescription, "肝"));

        var back = DicomJson.Parse(Encoding.UTF8.GetBytes(DicomJson.ToText(dataset)));

        Assert.Equal("ISO_IR 192", back.GetString(DicomTag.SpecificCharacterSet));
        Assert.Equal("Wang^XiaoDong=王^小东", back.GetString(DicomTag.PatientName));
        Assert.Equal([0.1, -2.5e-7], back.GetDoubles(DicomTag.PixelSpacing));
        Assert.Equal(["ORIGINAL", "", "AXIAL"], back.GetStrings(DicomTag.ImageType));
        Assert.Equal(DicomTag.FrameTime, back.GetTags(DicomTag.FrameIncrementPointer)[0]);
        Assert.Equal("肝", back.GetSequence(DicomTag.RequestAttributesSequence)[1].GetString(DicomTag.ScheduledProcedureStepDescription));
        Assert.Equal(DicomJson.ToText(dataset), DicomJson.ToText(back));
    }

    [Fact]
    public void Bulk_is_left_outside_by_its_path_and_fetched_by_its_address()
    {
        var dataset = new DicomDataset().AddOrUpdate(DicomTag.IconImageSequence, new DicomDataset()
            .AddOrUpdate(DicomVR.OB, DicomTag.PixelData, new byte[] { 1, 2, 3, 4 }));

        var text = DicomJson.ToText(dataset, (path, element) => element.VR == DicomVR.OB ? "at/" + path : null);
        var back = DicomJson.Parse(Encoding.UTF8.GetBytes(text), uri =>
            uri == "at/00880200/0/7FE00010" ? new byte[] { 1, 2, 3, 4 } : default);

        Assert.Equal([1, 2, 3, 4], back.GetSequence(DicomTag.IconImageSequence)[0].GetBytes(DicomTag.PixelData).ToArray());
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"PatientName\":{}}")]
    [InlineData("{\"00100010\":{\"vr\":\"ZZ\"}}")]
    [InlineData("{\"00100010\":{\"vr\":\"PN\",\"Value\":7}}")]
    [InlineData("{\"00280010\":{\"vr\":\"US\",\"Value\":[\"x\"]}}")]
    [InlineData("{\"00280010\":{\"vr\":\"US\",\"Value\":[70000]}}")]
    [InlineData("{\"00090010\":{\"vr\":\"UV\",\"Value\":[-1]}}")]
    [InlineData("{\"7FE00010\":{\"vr\":\"OB\",\"InlineBinary\":\"!\"}}")]
    [InlineData("{\"00081115\":{\"vr\":\"SQ\",\"Value\":[3]}}")]
    [InlineData("{\"00100010\":7}")]
    [InlineData("{\"00100010\":")]
    public void What_is_not_of_the_model_is_refused_as_such(string json) =>
        Assert.Throws<DicomFormatException>(() => DicomJson.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Nesting_that_has_no_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"00081115\":{\"vr\":\"SQ\",\"Value\":[", 5000));

        Assert.Throws<DicomFormatException>(() => DicomJson.Parse(Encoding.UTF8.GetBytes(deep)));
    }

    [Fact]
    public void Any_data_set_comes_back_the_same()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var text = DicomJson.ToText(RandomDatasets.Create(seed, 20));
            Assert.Equal(text, DicomJson.ToText(DicomJson.Parse(Encoding.UTF8.GetBytes(text))));
        }
    }

    [Fact]
    public void Any_change_of_a_byte_gives_a_data_set_or_a_format_exception()
    {
        var good = Encoding.UTF8.GetBytes(DicomJson.ToText(RandomDatasets.Create(1, 30)));
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt At, byte Value)>(),
            change =>
            {
                var bytes = (byte[])good.Clone();
                bytes[(change.At.Get * 7919) % bytes.Length] = change.Value;
                try
                {
                    DicomJson.Parse(bytes);
                }
                catch (DicomFormatException)
                {
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
