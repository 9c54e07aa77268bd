using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Architecture;

/// <summary>Who may know whom. Each rule is a row; the last rows are known to be broken and prove that the check can fail.</summary>
public sealed class ProjectReferenceRules
{
    private static readonly string[] Science = ["Imaging", "Mri", "Ultrasound", "Vessels", "Vasomics", "Phantoms"];

    public static TheoryData<string, string[], bool> Rules()
    {
        var rules = new TheoryData<string, string[], bool>();
        foreach (var project in Science.Where(Repository.References.ContainsKey))
        {
            rules.Add(project, ["Dicom", "Hl7", "RawData", "Findings", "Evidence", "Store", "Pipeline", "Server", "Cli"], true);
        }

        foreach (var project in Repository.References.Keys.Where(name => name is not ("Server" or "Cli")))
        {
            rules.Add(project, ["Server", "Cli"], true);
        }

        rules.Add("Dicom", Except("Dicom"), true);
        rules.Add("Hl7", Except("Hl7"), true);
        rules.Add("RawData", Except("RawData"), true);
        rules.Add("Findings", Except("Findings", "Imaging"), true);
        rules.Add("Analyses", ["Dicom", "Hl7", "RawData", "Evidence", "Store", "Pipeline"], true);
        rules.Add("Pipeline", ["Analyses"], true);
        rules.Add("Evidence", ["Store", "Pipeline", "Analyses"], true);
        rules.Add("Store", ["Dicom", "Hl7", "RawData", "Evidence", "Pipeline", "Analyses"], true);
        rules.Add("Server", ["Cli", "Phantoms"], true);

        // Known to be broken: these references exist.
        rules.Add("Pipeline", ["Store"], false);
        rules.Add("Cli", ["Dicom"], false);
        return rules;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_project_reaches_only_what_it_may_know(string project, string[] forbidden, bool holds)
    {
        var broken = forbidden.Where(Repository.References[project].Contains).ToList();

        Assert.Equal(holds, broken.Count == 0);
    }

    private static string[] Except(params string[] allowed) =>
        [.. Repository.References.Keys.Where(name => !allowed.Contains(name))];
}
