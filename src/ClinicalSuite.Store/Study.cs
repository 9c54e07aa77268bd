namespace ClinicalSuite.Store;

/// <summary>A study as received: identity in the sender's words, and how far it is in the pipeline.</summary>
public sealed class Study
{
    /// <summary>StudyInstanceUID.</summary>
    public required string Uid { get; set; }

    /// <summary>PatientID as received; empty when the sender gave none.</summary>
    public string PatientId { get; set; } = "";

    public string IssuerOfPatientId { get; set; } = "";

    /// <summary>PatientName as received, decoded, component groups separated by '='.</summary>
    public string PatientName { get; set; } = "";

    /// <summary>What the name is found by: capitals, groups apart, readings of ideographs. Empty in rows from before it.</summary>
    public string PatientNameKey { get; set; } = "";

    /// <summary>DA as received.</summary>
    public string PatientBirthDate { get; set; } = "";

    public string PatientSex { get; set; } = "";

    public string AccessionNumber { get; set; } = "";

    /// <summary>DA and TM as received.</summary>
    public string StudyDate { get; set; } = "";

    public string StudyTime { get; set; } = "";

    public string Description { get; set; } = "";

    public string StudyId { get; set; } = "";

    public string ReferringPhysicianName { get; set; } = "";

    /// <summary>SpecificCharacterSet as received, values divided by '\'; answers about the study use it again.</summary>
    public string CharacterSet { get; set; } = "";

    public IdentityTrust IdentityTrust { get; set; }

    /// <summary>Why the identity is not trusted, without repeating it.</summary>
    public string IdentityProblem { get; set; } = "";

    /// <summary>AE title of the latest sender.</summary>
    public string SenderAeTitle { get; set; } = "";

    public DateTime FirstReceived { get; set; }

    public DateTime LastReceived { get; set; }

    public int InstanceCount { get; set; }

    /// <summary>Counts up with every new instance that is not an own result.</summary>
    public long Revision { get; set; }

    /// <summary>The revision that assembly has decided about; below <see cref="Revision"/> there is something to decide.</summary>
    public long AssembledRevision { get; set; }

    /// <summary>When assembly looks again at the latest; null when only new images can change anything.</summary>
    public DateTime? AssemblyDue { get; set; }

    /// <summary>What assembly waits for, in words for the page; empty when it waits for nothing.</summary>
    public string WaitingFor { get; set; } = "";

    public List<Series> Series { get; } = [];
}
