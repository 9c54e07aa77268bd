using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Values;
using ClinicalSuite.Findings;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Values;

public sealed class ClinicalValueTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Values_are_read_with_unit_and_time()
    {
        var values = Read("name,value,unit,time\nplatelets,150.5,10*9/L,2026-01-02T08:30:00+08:00\n\n\"spleen, length\",1.1e2,mm,\nratio,0.4,1\n");

        Assert.Equal(
            [
                new ClinicalValue("platelets", 150.5, "10*9/L", new DateTimeOffset(2026, 1, 2, 8, 30, 0, TimeSpan.FromHours(8))),
                new ClinicalValue("spleen, length", 110, "mm", null),
                new ClinicalValue("ratio", 0.4, "1", null),
            ], values);
    }

    [Theory]
    [InlineData("a,1,mm,2026-01-02\nb,1", 2, "2 fields")]
    [InlineData("a,one,mm,", 1, "the value is no number")]
    [InlineData("a,NaN,mm,", 1, "the value is no number")]
    [InlineData(",1,mm,", 1, "no name")]
    [InlineData("a,1,,", 1, "no unit")]
    [InlineData("a,1,mm,yesterday", 1, "the time is none")]
    [InlineData("\"a,1,mm,", 1, "a quote that is not closed")]
    public void A_line_that_is_none_is_refused_by_its_number_and_without_its_content(string text, int line, string cause)
    {
        var refusal = Assert.Throws<InputRefusedException>(() => Read(text));

        Assert.Equal($"line {line}", refusal.Location);
        Assert.Contains(cause, refusal.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("yesterday", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<ClinicalValue> Read(string text)
    {
        File.WriteAllText(_folder.File("values.csv"), text);
        return ClinicalValueTable.Read(_folder.File("values.csv"));
    }
}
