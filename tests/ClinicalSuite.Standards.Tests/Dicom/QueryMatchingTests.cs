using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

/// <summary>Attribute matching of PS3.4 C.2.2.2, case by case.</summary>
public sealed class QueryMatchingTests
{
    [Theory]
    [InlineData("Wang^XiaoDong=王^小东", "王*", true)]
    [InlineData("Wang^XiaoDong=王^小东", "=王*", true)]
    [InlineData("王^小东", "wang*", true)]
    [InlineData("王^小东", "WANG^XIAODONG", true)]
    [InlineData("王^小东", "Wang^Xiao Dong", true)]
    [InlineData("王小东", "wang^xiao*", true)]
    [InlineData("王^小东", "王小东", true)]
    [InlineData("王^小东", "xi^*", false)]
    [InlineData("=王^小东", "wangxiaodong", true)]
    [InlineData("曾^国藩", "ceng*", true)]
    [InlineData("曾^国藩", "zeng^guofan", true)]
    [InlineData("吕^布", "lv^bu", true)]
    [InlineData("吕^布", "lu^bu", true)]
    [InlineData("吕^布", "lyu^bu", true)]
    [InlineData("李^娜", "wang*", false)]
    [InlineData("Müller^Jörg", "muller^jorg", true)]
    [InlineData("Smith^John", "smith", false)]
    [InlineData("Smith^John", "smith*", true)]
    [InlineData("Smith", "smith^*", true)]
    [InlineData("Smith^John^^^", "SMITH^JOHN", true)]
    [InlineData("Smith^John", "S?ith^J*n", true)]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう", "*=山田*", true)]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう", "*=*=やまだ*", true)]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう", "Suzuki*=山田*", false)]
    [InlineData("Hong^Gildong=洪^吉洞=홍^길동", "홍*", true)]
    [InlineData("", "*", true)]
    [InlineData("", "a*", false)]
    public void Names_match_by_group_reading_and_wild_card(string name, string key, bool matches)
    {
        Assert.Equal(matches, PersonNameMatching.IsMatch(key, name));
        if (matches)
        {
            // What a database keeps must find at least as much.
            var kept = PersonNameMatching.SearchKey(name);
            Assert.All(PersonNameMatching.Patterns(key),
                patterns => Assert.Contains(patterns, pattern => Wildcard.IsMatch(pattern, kept)));
        }
    }

    [Theory]
    [InlineData("Smith^John", "smyth", true)]
    [InlineData("Smith^John", "john smith", true)]
    [InlineData("Smith^John", "jo", true)]
    [InlineData("王^小东", "xiao wang", true)]
    [InlineData("王^小东", "dong", true)]
    [InlineData("Smith^John", "jones", false)]
    public void Fuzzy_names_match_by_word_in_any_order_and_by_sound(string name, string key, bool matches) =>
        Assert.Equal(matches, PersonNameMatching.IsFuzzyMatch(key, name));

    [Theory]
    [InlineData("StudyDate", "20260115", "20260115", true)]
    [InlineData("StudyDate", "20260101-20260131", "20260115", true)]
    [InlineData("StudyDate", "20260101-20260131", "20260131", true)]
    [InlineData("StudyDate", "20260101-", "20251231", false)]
    [InlineData("StudyDate", "-20260101", "20251231", true)]
    [InlineData("StudyDate", "20260101-20260131", "2026.01.15", true)]
    [InlineData("StudyDate", "20260101-20260131", "", false)]
    [InlineData("StudyTime", "1000-1200", "115959.123", true)]
    [InlineData("StudyTime", "10-12", "125959.999999", true)]
    [InlineData("StudyTime", "10-12", "130000", false)]
    [InlineData("StudyTime", "1030", "103015", true)]
    [InlineData("StudyTime", "1030", "10:30:15", true)]
    [InlineData("AcquisitionDateTime", "20260101-20260131", "20260131235959", true)]
    [InlineData("AcquisitionDateTime", "20260131120000+0800", "20260131120000", true)]
    [InlineData("PatientID", "ab*", "abc", true)]
    [InlineData("PatientID", "AB*", "abc", false)]
    [InlineData("PatientID", "a?c", "abc", true)]
    [InlineData("PatientID", "a.c", "abc", false)]
    [InlineData("PatientID", "a*c*e", "abcde", true)]
    [InlineData("PatientID", "*", "", true)]
    [InlineData("PatientID", "", "x", true)]
    [InlineData("StudyInstanceUID", "1.2.3\\1.2.4", "1.2.4", true)]
    [InlineData("StudyInstanceUID", "1.2.*", "1.2.4", false)]
    [InlineData("SeriesNumber", "007", "7", true)]
    [InlineData("Rows", "512", "512", true)]
    [InlineData("Rows", "512", "256", false)]
    [InlineData("ModalitiesInStudy", "SR", "CT\\SR", true)]
    [InlineData("ModalitiesInStudy", "MR\\SR", "CT\\SR", true)]
    [InlineData("ModalitiesInStudy", "MR", "CT\\SR", false)]
    public void Keys_match_by_their_value_representation(string keyword, string key, string value, bool matches)
    {
        var (identifier, record) = (new DicomDataset(), new DicomDataset());
        Assert.Null(QueryIdentifier.Set(identifier, $"{keyword}={key}"));
        Assert.Null(QueryIdentifier.Set(record, $"{keyword}={value}"));
        Assert.Equal(matches, AttributeMatching.IsMatch(identifier, record));
    }

    [Fact]
    public void Items_match_if_one_of_them_has_all_that_is_asked_for()
    {
        var record = new DicomDataset().AddOrUpdate(DicomTag.ScheduledProcedureStepSequence,
            Step("CT", "20260101"), Step("MR", "20260102"));
        Assert.True(AttributeMatching.IsMatch(Asking("Modality=CT"), record));
        Assert.True(AttributeMatching.IsMatch(Asking("Modality=MR", "ScheduledProcedureStepStartDate=20260102"), record));
        Assert.False(AttributeMatching.IsMatch(Asking("Modality=CT", "ScheduledProcedureStepStartDate=20260102"), record));
        Assert.True(AttributeMatching.IsMatch(Asking("Modality=", "ScheduledProcedureStepStartDate="), record));
        Assert.True(AttributeMatching.IsMatch(Asking("Modality="), new DicomDataset()));
    }

    [Fact]
    public void Date_and_time_are_one_range_only_where_that_was_agreed()
    {
        var identifier = new DicomDataset().AddOrUpdate(DicomTag.StudyDate, "20260101-20260103")
            .AddOrUpdate(DicomTag.StudyTime, "1800-0600");
        var night = new DicomDataset().AddOrUpdate(DicomTag.StudyDate, "20260102").AddOrUpdate(DicomTag.StudyTime, "120000");
        var early = new DicomDataset().AddOrUpdate(DicomTag.StudyDate, "20260101").AddOrUpdate(DicomTag.StudyTime, "120000");
        Assert.True(AttributeMatching.IsMatch(identifier, night, new(CombinesDateAndTime: true)));
        Assert.False(AttributeMatching.IsMatch(identifier, early, new(CombinesDateAndTime: true)));
        Assert.False(AttributeMatching.IsMatch(identifier, night));
    }

    [Fact]
    public void Wild_cards_cost_no_more_than_pattern_times_text() =>
        Assert.False(Wildcard.IsMatch(string.Concat(Enumerable.Repeat("a*", 500)) + "b", new string('a', 20_000)));

    [Fact]
    public void Name_of_a_thousand_ambiguous_characters_has_a_bounded_key() =>
        Assert.InRange(PersonNameMatching.SearchKey(new string('曾', 1000)).Length, 1, 100_000);

    [Fact]
    public void Answer_has_every_key_and_nothing_else()
    {
        var identifier = new DicomDataset();
        foreach (var key in (string[])["PatientName", "AccessionNumber", "Rows", "ScheduledProcedureStepSequence.Modality"])
        {
            Assert.Null(QueryIdentifier.Set(identifier, key));
        }
        var record = new DicomDataset().AddOrUpdate(DicomTag.PatientName, "A^B").AddOrUpdate(DicomTag.PatientID, "7")
            .AddOrUpdate(DicomTag.Rows, 512)
            .AddOrUpdate(DicomTag.ScheduledProcedureStepSequence, Step("CT", "20260101"));
        var response = new DicomDataset();
        foreach (var key in identifier)
        {
            QueryIdentifier.Answer(key, record, response);
        }
        Assert.Equal(identifier.Select(key => key.Tag), response.Select(key => key.Tag));
        Assert.Equal("A^B", response.GetString(DicomTag.PatientName));
        Assert.Equal(512, response.GetInt(DicomTag.Rows));
        Assert.True(response.TryGetElement(DicomTag.AccessionNumber, out var empty) && empty.IsEmpty);
        Assert.Equal([DicomTag.Modality], response.GetSequence(DicomTag.ScheduledProcedureStepSequence)[0].Select(e => e.Tag));
    }

    private static DicomDataset Step(string modality, string date) => new DicomDataset()
        .AddOrUpdate(DicomTag.Modality, modality).AddOrUpdate(DicomTag.ScheduledProcedureStepStartDate, date);

    private static DicomDataset Asking(params string[] keys)
    {
        var identifier = new DicomDataset();
        foreach (var key in keys)
        {
            Assert.Null(QueryIdentifier.Set(identifier, "ScheduledProcedureStepSequence." + key));
        }
        return identifier;
    }
}
