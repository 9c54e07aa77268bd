using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Images;

/// <summary>A study of no patient. Every name says so, and every UID follows from <see cref="Name"/>: the same study is the same objects.</summary>
/// <param name="Name">What made it, e.g. <c>ct-liver seed=1 difficulty=easy</c>.</param>
/// <param name="PatientName">E.g. <c>Synthetic^Liver</c>.</param>
/// <param name="PatientId">E.g. <c>SYNTHETIC-CT-LIVER-1</c>.</param>
public sealed record SyntheticStudy(string Name, string PatientName, string PatientId)
{
    public const string Remark = "Synthetic phantom, no patient. Research use; not clinically validated.";

    /// <summary>No clock: a date that is the same for everyone.</summary>
    public const string Date = "20260101";

    public string StudyUid => DicomUID.FromSeed($"synthetic study {Name}");

    public string SeriesUid => DicomUID.FromSeed($"synthetic series {Name}");

    public string FrameOfReferenceUid => DicomUID.FromSeed($"synthetic frame of reference {Name}");

    public string InstanceUid(int number) => DicomUID.FromSeed($"synthetic instance {number} {Name}");
}
