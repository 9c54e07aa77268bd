using ClinicalSuite.Analyses;
using ClinicalSuite.Findings;
using ClinicalSuite.Phantoms.Abdomen;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Analyses;

public sealed class AnalysisLawTests
{
    public static TheoryData<string> Catalogue => [.. AnalysisCatalog.All.Select(analysis => analysis.Id)];

    /// <summary>Each law and the one thing that an analysis does wrong to break it.</summary>
    public static TheoryData<string, string> Breakers() => new()
    {
        { AnalysisLaws.Repeats, nameof(LawBreaker.Counts) },
        { AnalysisLaws.Threads, nameof(LawBreaker.ReportsThreads) },
        { AnalysisLaws.LeavesInput, nameof(LawBreaker.ChangesInput) },
        { AnalysisLaws.Progress, nameof(LawBreaker.StepsBack) },
        { AnalysisLaws.Progress, nameof(LawBreaker.NeverEnds) },
        { AnalysisLaws.Codes, nameof(LawBreaker.InventsUnit) },
        { AnalysisLaws.Codes, nameof(LawBreaker.StatesNothing) },
        { AnalysisLaws.Geometry, nameof(LawBreaker.MovesGrid) },
        { AnalysisLaws.Geometry, nameof(LawBreaker.PaintsUnnamed) },
        { AnalysisLaws.ForeignModality, nameof(LawBreaker.TakesAll) },
        { AnalysisLaws.Cancels, nameof(LawBreaker.IgnoresCancel) },
    };

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Each_analysis_of_the_catalogue_keeps_every_law(string id)
    {
        var analysis = AnalysisCatalog.All.Single(analysis => analysis.Id == id);
        var broken = AnalysisLaws.Broken(analysis, InputOf(id));
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Theory]
    [MemberData(nameof(Breakers))]
    public void An_analysis_that_breaks_one_law_is_caught_by_it_alone(string law, string fault)
    {
        var breaker = new LawBreaker();
        typeof(LawBreaker).GetProperty(fault)!.SetValue(breaker, true);
        var broken = AnalysisLaws.Broken(breaker, LawBreaker.Input);
        Assert.Equal([law], broken.Select(entry => entry.Law).Distinct());
    }

    [Fact]
    public void An_analysis_that_breaks_none_is_not_caught() =>
        Assert.Empty(AnalysisLaws.Broken(new LawBreaker(), LawBreaker.Input));

    /// <summary>A small synthetic input that each analysis must complete.</summary>
    private static AnalysisInput InputOf(string id) => id switch
    {
        "liver-vessels" => Portal(),
        _ => throw new ArgumentException($"name a small input for {id}: the laws hold for every analysis"),
    };

    private static AnalysisInput Portal()
    {
        var phantom = CtLiver.Make(new CtLiverSettings { Seed = 3, SpacingMm = 2.4, SliceMm = 3 }, threads: 2);
        return LiverInput.Of(phantom, threads: 2);
    }
}
