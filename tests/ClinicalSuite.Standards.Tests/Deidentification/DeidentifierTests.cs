using System.Text;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Deidentification;

public sealed class DeidentifierTests
{
    private static readonly DicomTag Creator = new(0x0019, 0x0010);

    [Fact]
    public void Preamble_meta_information_private_attributes_curves_overlays_and_unknown_ones_leave_nothing()
    {
        var dataset = Treatment.Object()
            .AddOrUpdate(DicomVR.LO, Creator, "MARKED CREATOR")
            .AddOrUpdate(DicomVR.LO, new DicomTag(0x0019, 0x1001), Planted.Word)
            .AddOrUpdate(DicomVR.OW, new DicomTag(0x5002, 0x3000), "MARKED"u8.ToArray())
            .AddOrUpdate(DicomVR.LO, new DicomTag(0x6002, 0x1500), Planted.Word)
            .AddOrUpdate(DicomVR.OW, new DicomTag(0x6002, 0x3000), "MARKED"u8.ToArray())
            .AddOrUpdate(DicomVR.LO, new DicomTag(0x0008, 0xFFF0), Planted.Word)
            .AddOrUpdate(DicomVR.UN, DicomTag.ManufacturerModelName, Encoding.ASCII.GetBytes(Planted.Word))
            .AddOrUpdate(DicomVR.OB, DicomTag.Manufacturer, "MARKED"u8.ToArray())
            .AddOrUpdate(DicomTag.RetrieveURL, "http://MARKED/")
            .AddOrUpdate(DicomTag.PatientBirthDateInAlternativeCalendar, Planted.Word);
        dataset.AddOrUpdate(DicomTag.ReferencedSeriesSequence, dataset.Clone());
        var file = Treatment.Bytes(dataset);
        Encoding.ASCII.GetBytes("MARKED preamble").CopyTo(file, 0);
        var meta = Encoding.ASCII.GetBytes(DicomFileMeta.ImplementationVersionName);
        Encoding.ASCII.GetBytes("MARKED").CopyTo(file, file.AsSpan().IndexOf(meta));

        var treated = Treatment.Done(DicomFile.Open(file).Dataset);

        Assert.Equal([], Planted.In(Treatment.Bytes(treated)));
        Assert.Equal("YES", treated.GetString(DicomTag.PatientIdentityRemoved));
        Assert.Equal("REMOVED", treated.GetString(DicomTag.LongitudinalTemporalInformationModified));
        Assert.Equal(["113100"], treated.GetSequence(DicomTag.DeidentificationMethodCodeSequence)
            .Select(code => code.GetString(DicomTag.CodeValue)));
    }

    [Fact]
    public void Safe_private_attributes_stay_by_the_list_and_by_what_the_object_says_of_them()
    {
        var own = new DicomTag(0x0021, 0x0010);
        var dataset = Treatment.Object()
            .AddOrUpdate(DicomVR.LO, Creator, "SIEMENS MR HEADER")
            .AddOrUpdate(DicomVR.IS, new DicomTag(0x0019, 0x100C), "800")
            .AddOrUpdate(DicomVR.LO, new DicomTag(0x0019, 0x1008), "IMAGE NUM 4")
            .AddOrUpdate(DicomVR.LO, own, "ACME")
            .AddOrUpdate(DicomVR.LO, new DicomTag(0x0021, 0x1001), $"coil {Planted.Name}")
            .AddOrUpdate(DicomVR.LO, new DicomTag(0x0021, 0x1002), "unknown")
            .AddOrUpdate(DicomTag.PrivateDataElementCharacteristicsSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.PrivateGroupReference, 0x0021)
                .AddOrUpdate(DicomTag.PrivateCreatorReference, "ACME")
                .AddOrUpdate(DicomTag.BlockIdentifyingInformationStatus, "MIXED")
                .AddOrUpdate(DicomTag.NonidentifyingPrivateElements, 1));

        var treated = Treatment.Done(dataset, Treatment.Plan(DeidentificationOptions.RetainSafePrivate));

        Assert.Equal(
            ["(0019,0010)", "(0019,100C)", "(0021,0010)", "(0021,1001)"],
            treated.Where(element => element.Tag.IsPrivate).Select(element => element.Tag.ToString()));
        Assert.Equal("coil", treated.GetString(new DicomTag(0x0021, 0x1001)));
        Assert.DoesNotContain(Treatment.Done(dataset), element => element.Tag.IsPrivate);
    }

    [Fact]
    public void Free_text_that_stays_names_nobody_whom_the_object_knows()
    {
        var dataset = Treatment.Object()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, SpecificCharacterSet.Unicode)
            .AddOrUpdate(DicomTag.PatientName, "Müller^Jörg=王^小东")
            .AddOrUpdate(DicomTag.PatientBirthDate, "19560702")
            .AddOrUpdate(DicomTag.AccessionNumber, "ACC-778")
            .AddOrUpdate(DicomTag.ReferringPhysicianName, "Grünwald^Eva")
            .AddOrUpdate(DicomTag.InstitutionName, "St. Elsewhere")
            .AddOrUpdate(DicomTag.StudyDescription,
                "CT Abdomen MULLER, joerg Jörg (王小东) born 2.7.1956 ACC-778 for Dr. Hartmann, St. Elsewhere, call +49 30 1234567, "
                + "a.b@c.de 2021-03-04 Grünwald, müllerian duct 王室");

        var treated = Treatment.Done(dataset, Treatment.Plan(DeidentificationOptions.CleanDescriptors));

        // What nobody has told the object stays: the name spelt in another way. Words that only hold a name are no names.
        Assert.Equal(
            "CT Abdomen , joerg () born for , , call , , müllerian duct 王室",
            treated.GetString(DicomTag.StudyDescription));
    }

    [Fact]
    public void References_hold_between_objects_and_runs_of_one_key_and_lead_nowhere_with_another()
    {
        var image = Treatment.Object().AddOrUpdate(DicomTag.FrameOfReferenceUID, Planted.Uid + "9");
        var report = Treatment.Object()
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.Comprehensive3DSRStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, Planted.Uid + "7")
            .AddOrUpdate(DicomTag.CurrentRequestedProcedureEvidenceSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.StudyInstanceUID, Planted.Uid + "2")
                .AddOrUpdate(DicomTag.ReferencedSeriesSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.SeriesInstanceUID, Planted.Uid + "3")
                    .AddOrUpdate(DicomTag.ReferencedSOPSequence,
                        new SopReference(DicomUID.CTImageStorage, Planted.Uid + "1").ToItem())))
            .AddOrUpdate(DicomTag.ContentSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.ValueType, "UIDREF").AddOrUpdate(DicomTag.UID, Planted.Uid + "9"));

        var treatedImage = Treatment.Done(image);
        var treated = Treatment.Done(report, Treatment.Plan(DeidentificationOptions.CleanStructuredContent));

        var evidence = treated.GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence)[0];
        var series = evidence.GetSequence(DicomTag.ReferencedSeriesSequence)[0];
        var reference = SopReference.Of(series.GetSequence(DicomTag.ReferencedSOPSequence)[0])!;
        Assert.Equal(treatedImage.GetString(DicomTag.StudyInstanceUID), evidence.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal(treatedImage.GetString(DicomTag.SeriesInstanceUID), series.GetString(DicomTag.SeriesInstanceUID));
        Assert.Equal(treatedImage.GetString(DicomTag.SOPInstanceUID), reference.SopInstanceUid);
        Assert.Equal(DicomUID.CTImageStorage, reference.SopClassUid);
        Assert.Equal(
            treatedImage.GetString(DicomTag.FrameOfReferenceUID),
            treated.GetSequence(DicomTag.ContentSequence)[0].GetString(DicomTag.UID));
        Assert.True(DicomUID.IsValid(reference.SopInstanceUid));
        var other = Treatment.Done(image, Treatment.Plan() with { Key = new DeidentificationKey("another one of the tests"u8) });
        Assert.NotEqual(treatedImage.GetString(DicomTag.SOPInstanceUID), other.GetString(DicomTag.SOPInstanceUID));
        Assert.NotEqual(treatedImage.GetString(DicomTag.PatientID), other.GetString(DicomTag.PatientID));
    }

    [Fact]
    public void A_patient_has_one_pseudonym_and_one_shift_and_intervals_stay()
    {
        DicomDataset Study(string date) => Treatment.Object().AddOrUpdate(DicomTag.StudyDate, date);
        var plan = Treatment.Plan(DeidentificationOptions.RetainModifiedDates);

        var first = Treatment.Done(Study("20200228"), plan);
        var second = Treatment.Done(Study("20200301"), plan);
        var stranger = Treatment.Done(Study("20200301").AddOrUpdate(DicomTag.PatientID, "QX-4712"), plan);

        static DateOnly DateOf(DicomDataset dataset) => DateOnly.ParseExact(dataset.GetString(DicomTag.StudyDate), "yyyyMMdd");
        Assert.Equal(2, DateOf(second).DayNumber - DateOf(first).DayNumber);
        Assert.Equal(first.GetString(DicomTag.PatientID), second.GetString(DicomTag.PatientID));
        Assert.NotEqual(first.GetString(DicomTag.PatientID), stranger.GetString(DicomTag.PatientID));
        Assert.StartsWith("ANON-", first.GetString(DicomTag.PatientName), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_pseudonyms_decides_who_is_written_and_under_which_name()
    {
        var plan = Treatment.Plan(DeidentificationOptions.RetainModifiedDates) with
        {
            Patients = PseudonymList.Read(["# site list", "QX-4711,TRIAL-01,Trial^One,-10"]),
        };

        var treated = Treatment.Done(Treatment.Object().AddOrUpdate(DicomTag.StudyDate, "20200111"), plan);

        Assert.Equal("TRIAL-01", treated.GetString(DicomTag.PatientID));
        Assert.Equal("Trial^One", treated.GetString(DicomTag.PatientName));
        Assert.Equal("20200101", treated.GetString(DicomTag.StudyDate));
        Assert.Contains("list of pseudonyms", Treatment.Refused(Treatment.Object().AddOrUpdate(DicomTag.PatientID, "X"), plan),
            StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => PseudonymList.Read(["only,two"]));
    }

    [Fact]
    public void A_pseudonym_need_not_fit_in_the_character_set_of_the_old_name()
    {
        var source = Treatment.Object().AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .AddOrUpdate(DicomTag.ManufacturerModelName, "Größe");
        var plan = Treatment.Plan() with { Patients = PseudonymList.Read(["QX-4711,T1,试验^一"]) };

        var treated = DicomFile.Open(Treatment.Bytes(Treatment.Done(DicomFile.Open(Treatment.Bytes(source)).Dataset, plan))).Dataset;

        Assert.Equal("试验^一", treated.GetString(DicomTag.PatientName));
        Assert.Equal("Größe", treated.GetString(DicomTag.ManufacturerModelName));
    }

    [Theory]
    [InlineData("089Y", "089Y")]
    [InlineData("090Y", "090Y")]
    [InlineData("101Y", "090Y")]
    public void Ages_above_89_are_said_as_90(string age, string expected) => Assert.Equal(
        expected,
        Treatment.Done(
            Treatment.Object().AddOrUpdate(DicomTag.PatientAge, age),
            Treatment.Plan(DeidentificationOptions.RetainPatientCharacteristics)).GetString(DicomTag.PatientAge));

    [Theory]
    [InlineData("1999")]
    [InlineData("199904")]
    [InlineData("19990431")]
    [InlineData("yesterday")]
    [InlineData("19990430120000.5+0100")]
    public void A_date_that_cannot_be_moved_is_replaced(string date)
    {
        var treated = Treatment.Done(
            Treatment.Object().AddOrUpdate(DicomTag.AcquisitionDateTime, date),
            Treatment.Plan(DeidentificationOptions.RetainModifiedDates)).GetString(DicomTag.AcquisitionDateTime);

        Assert.NotEqual(date, treated);
        Assert.Matches(date is "19990431" or "yesterday" ? "^20000101000000$" : $"^\\d{{{Math.Min(8, date.Length)}}}(120000.5.0100)?$", treated);
    }

    [Fact]
    public void What_cannot_be_made_safe_is_refused()
    {
        Assert.Contains("encapsulated document", Treatment.Refused(Treatment.Object().AddOrUpdate(DicomTag.EncapsulatedDocument, new byte[2])),
            StringComparison.Ordinal);
        Assert.Contains("speech", Treatment.Refused(Treatment.Object().AddOrUpdate(DicomTag.SOPClassUID, DicomUID.BasicVoiceAudioWaveformStorage)),
            StringComparison.Ordinal);
        Assert.Contains("DICOMDIR", Treatment.Refused(Treatment.Object().AddOrUpdate(DicomTag.DirectoryRecordSequence)),
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Deidentifier(
            Treatment.Plan(DeidentificationOptions.RetainFullDates | DeidentificationOptions.RetainModifiedDates)));
        Assert.Throws<ArgumentException>(() => new DeidentificationKey("short"u8));
    }
}
