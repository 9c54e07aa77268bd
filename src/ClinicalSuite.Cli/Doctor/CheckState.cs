namespace ClinicalSuite.Cli.Doctor;

internal enum CheckState
{
    Ok,

    /// <summary>It works, but not as it should at a site.</summary>
    Warn,
    Fail,
}
