using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Pdf;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Hl7;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Evidence;

/// <summary>What real senders write wrong must not cost a patient the results, nor pass in silence.</summary>
public sealed class CarelessSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_whose_UIDs_have_leading_zeros_gets_all_its_results()
    {
        var objects = Write(new SyntheticCt
        {
            Change = (slice, image) => image
                .AddOrUpdate(DicomTag.StudyInstanceUID, "1.2.840.01.5")
                .AddOrUpdate(DicomTag.SeriesInstanceUID, "1.2.840.01.5.001")
                .AddOrUpdate(DicomTag.FrameOfReferenceUID, "1.2.840.01.5.09")
                .AddOrUpdate(DicomTag.SOPInstanceUID, $"1.2.840.01.5.001.0{slice}"),
        });

        Assert.Equal(7, objects.Count);
        var segments = DicomFile.Open(objects[0].Content).Dataset;
        Assert.Equal("1.2.840.01.5", segments.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal("1.2.840.01.5.09", segments.GetString(DicomTag.FrameOfReferenceUID));
        Assert.True(DicomUID.IsValid(segments.GetString(DicomTag.SOPInstanceUID)));
    }

    [Fact]
    public void Judges_complain_of_no_more_than_the_leading_zeros_themselves()
    {
        Judges.SkipWhereAbsent();
        var objects = Write(new SyntheticCt
        {
            Change = (_, image) => image.AddOrUpdate(DicomTag.StudyInstanceUID, "1.2.840.01.5"),
        });

        var errors = objects.Where(made => made.Reference is not null).SelectMany(made =>
        {
            File.WriteAllBytes(_folder.File(made.FileName), made.Content.ToArray());
            return Judges.Errors(_folder.File(made.FileName), made.Reference!.SopClassUid);
        });

        Assert.All(errors, error => Assert.Matches("(?i)(leading zero|UID|invalid data values for Value Representations|1\\.2\\.840\\.01\\.5)", error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2..3")]
    [InlineData("1.2.x")]
    [InlineData("1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25.26")]
    public void An_identifier_that_is_none_is_refused_when_the_study_is_read(string uid)
    {
        new SyntheticCt { Change = (_, image) => image.AddOrUpdate(DicomTag.SeriesInstanceUID, uid) }.WriteTo(_folder.File("ct"));

        var refusal = Assert.Throws<InputRefusedException>(() => StudyReader.Read([_folder.File("ct")]));

        Assert.Equal("UNREADABLE", refusal.Reason.Value);
        Assert.Contains("(0020,000E)", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Needed => new()
    {
        { "(0028,0030)", "0,75\\0,75" },
        { "(0020,0032)", "-171,3\\-165,9\\0" },
        { "(0028,1053)", "one" },
    };

    [Theory]
    [MemberData(nameof(Needed))]
    public void An_unreadable_attribute_that_is_needed_refuses_its_file_by_name_and_tag(string tag, string value)
    {
        new SyntheticCt
        {
            Change = (slice, image) =>
            {
                if (slice == 3)
                {
                    image.AddOrUpdate(DicomTag.Parse(tag), value.Split('\\'));
                }
            },
        }.WriteTo(_folder.File("ct"));

        var refusal = Assert.Throws<InputRefusedException>(() => StudyReader.Read([_folder.File("ct")]));

        Assert.Equal("UNREADABLE", refusal.Reason.Value);
        Assert.EndsWith("image09.dcm", refusal.File, StringComparison.Ordinal);
        Assert.Contains(tag, refusal.Location, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unreadable_attributes_that_results_can_do_without_are_absent_and_noted()
    {
        new SyntheticCt
        {
            Change = (_, image) => image
                .AddOrUpdate(DicomTag.SliceThickness, "N/A")
                .AddOrUpdate(DicomTag.FlipAngle, "12,5")
                .AddOrUpdate(DicomTag.InstanceNumber, "7A")
                .AddOrUpdate(DicomTag.PatientWeight, "70,5")
                .AddOrUpdate(DicomTag.PatientSex, "a sex of more than sixteen characters")
                .AddOrUpdate(DicomTag.PatientAge, "56")
                .AddOrUpdate(DicomTag.PatientBirthDate, "1970.01.01")
                .AddOrUpdate(DicomTag.StudyTime, "09:30"),
        }.WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct"));

        var stated = context.Stated(LiverReading.Completed(Labels(context)));
        var report = DicomFile.Open(EvidenceSet.Write(context, stated)[2].Content).Dataset;

        Assert.Null(context.Series["ct"].Manifest.SliceThicknessMm);
        Assert.Equal(
            ["(0018,0050)", "(0018,1314)", "(0020,0013)", "(0010,0040)", "(0010,1010)", "(0010,1030)"],
            stated.Quality.Where(note => note.Code.Value == "SOURCE-ATTRIBUTE").Select(note => note.Cause[..11]));
        Assert.Equal("", report.GetStringOrEmpty(DicomTag.PatientSex));
        Assert.False(report.Contains(DicomTag.PatientWeight));
        Assert.Equal(1.75, report.GetDouble(DicomTag.PatientSize));
        Assert.Equal("19700101", report.GetString(DicomTag.PatientBirthDate));
        Assert.Equal("093000", report.GetString(DicomTag.StudyTime));
    }

    [Theory]
    [InlineData("ISO_IR_192", "ISO_IR 192")]
    [InlineData("iso-ir 100", "ISO_IR 100")]
    [InlineData("ISO_IR 6", "ISO_IR 192")]
    [InlineData("CP1252", "ISO_IR 192")]
    [InlineData("\\ISO_IR 87", "\\ISO 2022 IR 87")]
    [InlineData("ISO_2022_IR_13\\ISO_2022_IR_87", "ISO 2022 IR 13\\ISO 2022 IR 87")]
    public void A_character_set_is_written_in_its_defined_terms(string sent, string written)
    {
        new SyntheticCt { PatientName = "Wang^Xiaodong", StudyDescription = "CT" }.WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct")) with { CharacterSet = sent };

        var report = EvidenceSet.Write(context, new AnalysisResult.NotAssessable(new Code("NOISE", "99CLINSUITE", "Image noise"), "n"))[0];

        Assert.Equal(
            written.Split('\\'),
            DicomFile.Open(report.Content).Dataset.GetStrings(DicomTag.SpecificCharacterSet));
    }

    [Theory]
    [InlineData("ISO_IR 166", "สมชาย^ใจดี", "สมชาย")]
    [InlineData("ISO_IR 144", "Петров^Юрий", "Петров")]
    [InlineData("ISO_IR 126", "Παπαδόπουλος^Γιώργος", "Παπαδόπουλος")]
    [InlineData("ISO_IR 192", "𐎠𐎡^A", "[U+103A0][U+103A1]")]
    public void A_name_in_any_script_gets_all_results_and_is_readable_in_the_report(string set, string name, string shown)
    {
        var objects = Write(new SyntheticCt { CharacterSet = set, PatientName = name, StudyDescription = "CT" });

        Assert.Equal(7, objects.Count);
        Assert.Equal(name, DicomFile.Open(objects[0].Content).Dataset.GetString(DicomTag.PatientName));
        var path = _folder.File("report.pdf");
        File.WriteAllBytes(path, objects.Single(made => made.Kind == EvidenceKind.Pdf).Content.ToArray());
        var text = Documents.Peer.Run("pdftotext", "-layout", path, "-").Output;
        Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.Equal(shown[0] == '[', text.Contains("Characters for which no font is installed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_of_two_patient_IDs_takes_one_patient_and_says_so_everywhere()
    {
        var other = _folder.File("ct/other");
        new SyntheticCt().WriteTo(_folder.File("ct"));
        new SyntheticCt
        {
            // Read first: its folder sorts before nothing else, its series after the other's.
            Change = (slice, image) => image
                .AddOrUpdate(DicomTag.PatientID, "P0002")
                .AddOrUpdate(DicomTag.SeriesInstanceUID, "2.25.9999")
                .AddOrUpdate(DicomTag.SOPInstanceUID, $"2.25.9999{slice}"),
        }.WriteTo(other);
        var study = StudyReader.Read([other, _folder.File("ct")]).Studies[0];
        var analysed = study.Series.Single(series => series.Header.GetString(DicomTag.PatientID) == "P0001");
        var context = LiverReading.ContextOf(_folder.File("ct")) with
        {
            Study = study,
            Series = new Dictionary<string, SourceSeries> { ["ct"] = analysed },
        };

        var stated = context.Stated(new AnalysisResult.NotAssessable(new Code("NOISE", "99CLINSUITE", "Image noise"), "n"));
        var objects = EvidenceSet.Write(context, stated);

        Assert.Contains(stated.Quality, note => note.Code.Value == "IDENTITY-DIFFERS" && note.Severity == QualitySeverity.Warning);
        var report = DicomFile.Open(objects[0].Content).Dataset;
        Assert.Equal("P0001", report.GetString(DicomTag.PatientID));
        Assert.Contains("name different patients", string.Concat(Texts(report)), StringComparison.Ordinal);
        var message = Hl7Message.Parse(objects[^1].Content.Span);
        Assert.Equal("P0001", message.Text("PID-3"));
        Assert.All(
            message.Segments.Where(segment => segment.Name == "OBX" && segment.Text(2) == "CWE"),
            line => Assert.Equal("P", line.Text(11)));
        File.WriteAllBytes(_folder.File("report.pdf"), objects.Single(made => made.Kind == EvidenceKind.Pdf).Content.ToArray());
        Assert.Contains("Patient uncertain", Documents.Peer.Run("pdftotext", _folder.File("report.pdf"), "-").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Synthetic aortic graft, follow up", "", false)]
    [InlineData("", "Synthetic Organs Hospital", false)]
    [InlineData("Synthetic phantom, no patient. Research use; not clinically validated.", "", true)]
    public void A_real_patient_with_a_synthetic_graft_is_no_synthetic_patient(string comments, string institution, bool synthetic)
    {
        var header = new DicomDataset()
            .AddOrUpdate(DicomTag.ImageComments, comments)
            .AddOrUpdate(DicomTag.PatientComments, comments.Length > 0 && !synthetic ? comments : "")
            .AddOrUpdate(DicomTag.InstitutionName, institution);

        Assert.Equal(synthetic, SourceStatements.IsSynthetic(header));
        Assert.True(SourceStatements.IsSynthetic(header.AddOrUpdate(DicomVR.CS, SourceStatements.SyntheticData, "YES")));
    }

    private static IEnumerable<string> Texts(DicomDataset item) =>
        item.GetSequence(DicomTag.ContentSequence)
            .SelectMany(child => Texts(child).Append(child.GetStringOrEmpty(DicomTag.TextValue)));

    private static Imaging.Volume<byte> Labels(EvidenceContext context) =>
        LiverReading.Labels(context.Series["ct"].Manifest.Geometry!, SyntheticCt.LabelAt);

    private IReadOnlyList<EvidenceObject> Write(SyntheticCt source)
    {
        source.WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct"));
        return EvidenceSet.Write(context, LiverReading.Completed(Labels(context)));
    }
}
