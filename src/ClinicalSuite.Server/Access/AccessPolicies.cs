namespace ClinicalSuite.Server.Access;

/// <summary>Names of roles, schemes and claims.</summary>
internal static class AccessPolicies
{
    internal const string AdministratorRole = "administrator";
    internal const string TokenScheme = "token";
    internal const string ScopeClaim = "scope";
    internal const string ReadScope = "read";
    internal const string WriteScope = "write";

    /// <summary>Who may see who saw what.</summary>
    internal const string AuditPolicy = "audit";

    /// <summary>QIDO-RS and WADO-RS: who may see the pages.</summary>
    internal const string DicomWebRead = "dicomweb-read";

    /// <summary>STOW-RS: the administrator, and machines whose token says so.</summary>
    internal const string DicomWebWrite = "dicomweb-write";
}
