using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Assembly;

/// <summary>What performed procedure steps and availability notifications let one expect of a study, against what is there.</summary>
/// <param name="InProgress">Who has begun a step and not ended it; empty when nobody has.</param>
/// <param name="Expected">Images that were announced.</param>
/// <param name="Missing">Those of them that are not here.</param>
/// <param name="MissingOfBegunSeries">
/// Those of a series of which others are here. An archive may send us one series of a study that has many, so that a series of
/// which nothing has come says less.
/// </param>
/// <param name="IsDiscontinued">The acquisition was broken off: what it announced may never be sent.</param>
/// <param name="Source">Who announced them, in words.</param>
internal sealed record Expectation(
    string InProgress, int Expected, int Missing, int MissingOfBegunSeries, bool IsDiscontinued, string Source)
{
    /// <summary>Everything that was announced is here, and nobody has more to announce: no time need pass.</summary>
    public bool IsMet => Expected > 0 && Missing == 0 && InProgress.Length == 0;

    public static Expectation Of(AssemblyCase study)
    {
        var here = study.Instances.Select(i => i.SopInstanceUid).ToHashSet();
        var begun = study.Instances.Select(i => i.Series!.Uid).ToHashSet();
        var ended = study.Announcements.Where(a => a.State != AnnouncementState.InProgress).ToList();
        var announced = ended.SelectMany(a => a.Series)
            .SelectMany(series => series.Instances.Select(instance => (Series: series.SeriesUid, Instance: instance)))
            .Distinct().ToList();
        var missing = announced.Where(image => !here.Contains(image.Instance)).ToList();
        return new Expectation(
            study.Announcements.FirstOrDefault(a => a.State == AnnouncementState.InProgress)?.SenderAeTitle ?? "",
            announced.Count,
            missing.Count,
            missing.Count(image => begun.Contains(image.Series)),
            ended.Any(a => a.State == AnnouncementState.Discontinued),
            string.Join(", ", ended.Select(a => a.SenderAeTitle).Distinct()));
    }
}
