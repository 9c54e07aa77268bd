namespace ClinicalSuite.Store;

/// <summary>What an object's header says of its place in the patient's record; texts decoded, values as received.</summary>
public sealed record InstanceFacts
{
    public required string StudyUid { get; init; }

    public required string SeriesUid { get; init; }

    public string Modality { get; init; } = "";

    public int? SeriesNumber { get; init; }

    public string SeriesDescription { get; init; } = "";

    public int? InstanceNumber { get; init; }

    public string PatientId { get; init; } = "";

    public string IssuerOfPatientId { get; init; } = "";

    public string PatientName { get; init; } = "";

    /// <summary><see cref="Study.PatientNameKey"/>.</summary>
    public string PatientNameKey { get; init; } = "";

    public string PatientBirthDate { get; init; } = "";

    public string PatientSex { get; init; } = "";

    public string AccessionNumber { get; init; } = "";

    public string StudyDate { get; init; } = "";

    public string StudyTime { get; init; } = "";

    public string StudyDescription { get; init; } = "";

    public string StudyId { get; init; } = "";

    public string ReferringPhysicianName { get; init; } = "";

    /// <summary>Values divided by '\'.</summary>
    public string CharacterSet { get; init; } = "";
}
