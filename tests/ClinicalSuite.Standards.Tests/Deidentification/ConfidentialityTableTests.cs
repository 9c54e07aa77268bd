using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Deidentification;

/// <summary>Each row of PS3.15 table E.1-1 does what it says, at the top of an object and within its sequences.</summary>
public sealed class ConfidentialityTableTests
{
    /// <summary>A sequence that the table does not name: its items are treated as the object is.</summary>
    private static readonly DicomTag Nest = DicomTag.ReferencedSeriesSequence;

    [Fact]
    public void The_table_is_whole()
    {
        Assert.Equal(620, ProfileRow.All.Count);
        Assert.Equal(620, ProfileRow.All.Select(row => row.Tag).Distinct().Count());
    }

    [Fact]
    public void No_planted_value_survives_the_basic_profile()
    {
        var planted = Treatment.Object().AddOrUpdate(Nest, [.. ProfileRow.All.Select(NestedItem)]);
        foreach (var row in ProfileRow.All.Where(row => row.Tag.Group >= 8
            && row.Tag != DicomTag.SOPInstanceUID && row.Tag != DicomTag.EncapsulatedDocument))
        {
            planted.AddOrUpdate(Planted.Element(row.Tag, row.Vr));
        }

        Assert.Equal(Planted.All, Planted.In(Treatment.Bytes(planted)));

        Assert.Equal([], Planted.In(Treatment.Bytes(Treatment.Done(planted))));
    }

    [Fact]
    public void Each_row_does_what_its_letter_says()
    {
        var wrong = new List<string>();
        foreach (var row in ProfileRow.All)
        {
            var treated = Treatment.Done(Treatment.Object().AddOrUpdate(Nest, NestedItem(row)));
            var item = treated.GetSequence(Nest)[0];
            var isThere = item.TryGetElement(row.Tag, out var element);
            var isEmpty = isThere && element!.IsEmpty;
            var isRight = row.Tag.Group < 8 ? !isThere : row.Basic switch
            {
                _ when row.Tag == DicomTag.PatientName || row.Tag == DicomTag.PatientID => isThere && !isEmpty,
                "X" => !isThere,
                "Z" => isEmpty,
                // An annotation that stands for another one would be drawn.
                "Z/D" => isThere,
                "D" => (isThere && !isEmpty) || row.Tag == DicomTag.GraphicAnnotationSequence,
                "U" => item.GetString(row.Tag) == Treatment.Key.MapUid(Planted.Uid + row.Tag.Value),
                "X/Z" => !isThere || isEmpty,
                "X/D" or "X/Z/D" => !isThere || !isEmpty,
                "X/Z/U*" => item.GetSequence(row.Tag)[0].GetString(DicomTag.ReferencedSOPInstanceUID)
                    == Treatment.Key.MapUid(Planted.Uid + row.Tag.Value),
                _ => false,
            };
            if (!isRight)
            {
                wrong.Add($"{row.Tag} {row.Keyword} {row.Basic}: there {isThere}, empty {isEmpty}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Attribute, class of the object, and what is left: a choice of actions hangs on the type in that class.</summary>
    [Theory]
    [InlineData(nameof(DicomTag.SeriesDate), DicomUID.CTImageStorage, null)]
    [InlineData(nameof(DicomTag.StationName), DicomUID.CTImageStorage, null)]
    [InlineData(nameof(DicomTag.AcquisitionDateTime), DicomUID.CTImageStorage, null)]
    [InlineData(nameof(DicomTag.AcquisitionDateTime), DicomUID.EnhancedCTImageStorage, "20000101000000")]
    [InlineData(nameof(DicomTag.DeviceSerialNumber), DicomUID.EnhancedCTImageStorage, "ANONYMIZED")]
    [InlineData(nameof(DicomTag.ContentDate), DicomUID.EnhancedCTImageStorage, "20000101")]
    [InlineData(nameof(DicomTag.ContentDate), DicomUID.CTImageStorage, "")]
    [InlineData(nameof(DicomTag.ContrastBolusAgent), DicomUID.CTImageStorage, "")]
    [InlineData(nameof(DicomTag.SeriesDate), "1.2.3.4.5", "20000101")]
    [InlineData(nameof(DicomTag.AcquisitionDate), "1.2.3.4.5", "")]
    [InlineData(nameof(DicomTag.ContentCreatorName), DicomUID.SegmentationStorage, "")]
    public void A_choice_of_actions_is_settled_by_the_type_in_the_object(string keyword, string sopClass, string? left)
    {
        var tag = DicomTag.Parse(keyword);
        var row = ProfileRow.All.Single(candidate => candidate.Tag == tag);

        var treated = Treatment.Done(Treatment.Object().AddOrUpdate(DicomTag.SOPClassUID, sopClass).AddOrUpdate(Planted.Element(tag, row.Vr)));

        Assert.Equal(left is not null, treated.Contains(tag));
        Assert.Equal(left ?? "", treated.GetStringOrEmpty(tag));
    }

    [Theory]
    [InlineData(DeidentificationOptions.RetainUids)]
    [InlineData(DeidentificationOptions.RetainDeviceIdentity)]
    [InlineData(DeidentificationOptions.RetainInstitutionIdentity)]
    [InlineData(DeidentificationOptions.RetainPatientCharacteristics)]
    [InlineData(DeidentificationOptions.RetainFullDates)]
    [InlineData(DeidentificationOptions.RetainModifiedDates)]
    [InlineData(DeidentificationOptions.CleanDescriptors)]
    [InlineData(DeidentificationOptions.CleanStructuredContent)]
    [InlineData(DeidentificationOptions.CleanGraphics)]
    public void With_an_option_its_column_survives_and_nothing_else(DeidentificationOptions option)
    {
        var wrong = new List<string>();
        foreach (var row in ProfileRow.All.Where(row => row.Tag.Group >= 8))
        {
            var treated = Treatment.Done(Treatment.Object().AddOrUpdate(Nest, NestedItem(row)), Treatment.Plan(option));
            var item = treated.GetSequence(Nest)[0];
            var before = Planted.Element(row.Tag, row.Vr);
            var survives = item.TryGetElement(row.Tag, out var after) && !after.IsEmpty && row.Vr switch
            {
                { Code: "SQ" } => item.GetSequence(row.Tag)[0].GetStringOrEmpty(DicomTag.CodeMeaning) is Planted.Word
                    or $"{Planted.Word} {Planted.Name}",
                { UsesCharacterSet: true } => item.GetString(row.Tag).StartsWith(Planted.Word, StringComparison.Ordinal),
                _ => ReadAll(after).SequenceEqual(ReadAll(before)),
            };
            var expected = row.ActionOf(option) switch
            {
                "K" => true,
                "C" when option == DeidentificationOptions.RetainModifiedDates => row.Vr == DicomVR.TM
                    || row.Tag == DicomTag.TimezoneOffsetFromUTC,
                "C" when option == DeidentificationOptions.RetainDeviceIdentity => false,
                // Only text can be cleaned: bytes and the bits of curves and overlays are taken out.
                "C" => (row.Vr == DicomVR.SQ || row.Vr.UsesCharacterSet) && row.Tag.Group < 0x5000,
                _ => row.Basic == "X/Z/U*",
            };
            if (survives != expected)
            {
                wrong.Add($"{row.Tag} {row.Keyword} {row.Vr} {row.ActionOf(option)}: survives {survives}");
            }

            if (Planted.In(Treatment.Bytes(treated)).Contains(Planted.Name) && row.ActionOf(option) != "K")
            {
                wrong.Add($"{row.Tag} {row.Keyword}: names the patient");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Modified_dates_move_by_the_days_of_the_patient_and_times_stay()
    {
        var rows = ProfileRow.All.Where(row => row.ActionOf(DeidentificationOptions.RetainModifiedDates) == "C"
            && (row.Vr == DicomVR.DA || row.Vr == DicomVR.DT)).ToList();
        var planted = Treatment.Object();
        rows.ForEach(row => planted.AddOrUpdate(Planted.Element(row.Tag, row.Vr)));

        var treated = Treatment.Done(planted, Treatment.Plan(DeidentificationOptions.RetainModifiedDates));

        Assert.True(rows.Count > 100);
        var moved = Assert.Single(rows.Select(row => treated.GetString(row.Tag)[..8]).Distinct());
        Assert.True(string.CompareOrdinal(moved, Planted.Date) < 0);
        Assert.All(rows.Where(row => row.Vr == DicomVR.DT), row =>
            Assert.Equal(moved + Planted.Time, treated.GetString(row.Tag)));
        Assert.Equal("MODIFIED", treated.GetString(DicomTag.LongitudinalTemporalInformationModified));
        Assert.DoesNotContain(Planted.Date, Planted.In(Treatment.Bytes(treated)));
    }

    private static DicomDataset NestedItem(ProfileRow row) =>
        new DicomDataset().AddOrUpdate(Planted.Element(row.Tag, row.Vr));

    private static byte[] ReadAll(DicomElement element)
    {
        using var copy = new MemoryStream();
        using var value = element.OpenRead();
        value.CopyTo(copy);
        return copy.ToArray();
    }
}
