using ClinicalSuite.Analyses.LiverVessels;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Analyses;

/// <summary>All analyses, by hand: a new one is a folder and a line here.</summary>
public static class AnalysisCatalog
{
    public static IReadOnlyList<IAnalysis> All { get; } = [new LiverVesselsAnalysis()];
}
