namespace ClinicalSuite.Server.Settings;

/// <summary>What a process of the appliance does.</summary>
public enum ApplianceRole
{
    /// <summary>Listens for DICOM and keeps what arrives.</summary>
    Intake,

    /// <summary>Runs analyses and delivers results.</summary>
    Work,

    /// <summary>Shows the pages.</summary>
    Web,
}
