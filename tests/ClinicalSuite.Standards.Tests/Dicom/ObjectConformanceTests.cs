using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Conformance;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

public sealed class ObjectConformanceTests
{
    [Fact]
    public void A_complete_secondary_capture_has_no_error() => Assert.Equal([], Errors(Capture()));

    [Fact]
    public void A_finding_names_the_attribute_its_place_the_module_and_the_reason_and_no_value()
    {
        var image = Capture();
        image.Remove(DicomTag.PatientID);
        image.AddOrUpdate(DicomTag.PatientSex, "SECRET");
        image.AddOrUpdate(new DicomSequence(DicomTag.ReferencedStudySequence, new DicomDataset().AddOrUpdate(DicomTag.ReferencedSOPClassUID, "1.2.3")));

        var findings = ObjectConformance.Check(image);

        Assert.Contains("error (0010,0020) PatientID: is absent, type 2 [Patient]", findings.Select(each => each.ToString()));
        Assert.Contains(findings, each => each is
        {
            Path: "(0008,1110)[0].(0008,1155)", Keyword: "ReferencedSOPInstanceUID", Severity: ConformanceSeverity.Error,
        });
        Assert.Contains(findings, each => each is { Keyword: "PatientSex", Module: "Patient", Severity: ConformanceSeverity.Error });
        Assert.DoesNotContain(findings, each => each.ToString().Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public void An_object_of_a_class_without_tables_gets_a_warning_that_says_so_and_its_values_are_checked_all_the_same()
    {
        var image = Capture().AddOrUpdate(DicomTag.SOPClassUID, "1.2.3.4").AddOrUpdate(DicomTag.StudyDate, "yesterday");

        var findings = ObjectConformance.Check(image);

        Assert.Contains(findings, each => each is { Keyword: "SOPClassUID", Severity: ConformanceSeverity.Warning });
        Assert.Equal(["StudyDate"], findings.Where(each => each.Severity == ConformanceSeverity.Error).Select(each => each.Keyword));
    }

    [Fact]
    public void Attributes_of_no_module_and_unknown_terms_are_warnings()
    {
        var image = Capture().AddOrUpdate(DicomTag.EchoTime, "5").AddOrUpdate(DicomTag.ConversionType, "XYZ");

        Assert.Equal([], Errors(image));
        Assert.Equal(
            ["ConversionType", "EchoTime"],
            ObjectConformance.Check(image).Select(each => each.Keyword).Where(keyword => keyword.Length > 0).Order().Distinct());
    }

    [Theory]
    [InlineData("StudyDate", "20260230", "is no date")]
    [InlineData("StudyTime", "246000", "is no time")]
    [InlineData("AcquisitionDateTime", "20260101250000", "is no date and time")]
    [InlineData("PatientAge", "42", "is no age")]
    [InlineData("PatientWeight", "seventy", "is no decimal number")]
    [InlineData("PatientWeight", "0.74299997091293312", "is longer than 16 characters")]
    [InlineData("SeriesNumber", "1.5", "is no whole number")]
    [InlineData("Modality", "ot", "has characters other than capital letters")]
    [InlineData("StudyInstanceUID", "1.02.3", "is no UID")]
    [InlineData("StudyInstanceUID", "3.4.5", "is under no root of UIDs")]
    [InlineData("StudyInstanceUID", "1.40.5", "is under no root of UIDs")]
    [InlineData("AccessionNumber", "12345678901234567", "is longer than 16 characters")]
    [InlineData("PatientName", "A^B^C^D^E^F", "has a component group of more than 5 components")]
    [InlineData("PatientName", "A=B=C=D", "has more than 3 component groups")]
    public void A_value_that_its_VR_does_not_allow_is_an_error(string keyword, string value, string reason) =>
        Assert.Contains(
            ObjectConformance.Check(Capture().AddOrUpdate(DicomTag.Parse(keyword), value)),
            each => each.Severity == ConformanceSeverity.Error && each.Keyword == keyword
                && each.Reason.Contains(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData("StudyDate", "20240229")]
    [InlineData("StudyTime", "1015")]
    [InlineData("StudyTime", "235960.123456")]
    [InlineData("AcquisitionDateTime", "2026")]
    [InlineData("AcquisitionDateTime", "20260101101500.5+0100")]
    [InlineData("PatientWeight", "-1.5e+01")]
    [InlineData("StudyInstanceUID", "2.999.0")]
    [InlineData("PatientName", "Wang^Xiaodong=王^小东")]
    public void A_value_that_its_VR_allows_is_none(string keyword, string value) =>
        Assert.Equal([], Errors(Capture().AddOrUpdate(DicomTag.Parse(keyword), value)));

    [Fact]
    public void An_image_that_disagrees_with_itself_is_wrong()
    {
        Assert.Contains(Errors(Capture().AddOrUpdate(DicomTag.Rows, 3)), error => error.Contains("PixelData: has 4 bytes", StringComparison.Ordinal));
        Assert.Contains(Errors(Capture().AddOrUpdate(DicomTag.BitsStored, 9)), error => error.Contains("BitsStored", StringComparison.Ordinal));
        Assert.Contains(
            Errors(Capture().AddOrUpdate(DicomTag.SamplesPerPixel, 3)), error => error.Contains("SamplesPerPixel", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_parser_forgave_a_file_is_an_error_here()
    {
        using var stream = new MemoryStream();
        DicomFile.Create(Capture()).Save(stream);
        var bytes = stream.ToArray();

        Assert.DoesNotContain(ObjectConformance.Check(DicomFile.Open(bytes)), each => each.Severity == ConformanceSeverity.Error);
        Assert.Contains(
            ObjectConformance.Check(DicomFile.Open(bytes.AsMemory(128 + 4))), each => each.Severity == ConformanceSeverity.Error);
    }

    private static List<string> Errors(DicomDataset image) =>
        [.. ObjectConformance.Check(image).Where(each => each.Severity == ConformanceSeverity.Error).Select(each => each.ToString())];

    private static DicomDataset Capture()
    {
        var image = new DicomDataset();
        foreach (var (keyword, value) in new[]
        {
            ("SpecificCharacterSet", "ISO_IR 192"), ("SOPClassUID", DicomUID.SecondaryCaptureImageStorage), ("SOPInstanceUID", "2.25.1"),
            ("StudyDate", "20260102"), ("SeriesDate", "20260102"), ("StudyTime", "101500"), ("AccessionNumber", ""), ("Modality", "OT"),
            ("ConversionType", "WSD"), ("ReferringPhysicianName", ""), ("PatientName", "Test^Patient"), ("PatientID", "1"),
            ("PatientBirthDate", ""), ("PatientSex", ""), ("StudyInstanceUID", "2.25.2"), ("SeriesInstanceUID", "2.25.3"), ("StudyID", "1"),
            ("SeriesNumber", "1"), ("InstanceNumber", "1"), ("BodyPartExamined", "ABDOMEN"), ("PatientOrientation", ""),
            ("ContentDate", "20260102"), ("ContentTime", "101500"), ("PhotometricInterpretation", "MONOCHROME2"),
        })
        {
            image.AddOrUpdate(DicomTag.Parse(keyword), value);
        }

        foreach (var (keyword, value) in new[]
        {
            ("SamplesPerPixel", 1), ("Rows", 2), ("Columns", 2), ("BitsAllocated", 8), ("BitsStored", 8), ("HighBit", 7), ("PixelRepresentation", 0),
        })
        {
            image.AddOrUpdate(DicomTag.Parse(keyword), value);
        }

        return image.AddOrUpdate(DicomVR.OB, DicomTag.PixelData, new byte[4]);
    }
}
