namespace ClinicalSuite.Server.Access;

/// <summary>Names of roles, schemes and claims.</summary>
internal static class AccessPolicies
{
    internal const string AdministratorRole = "administrator";
    internal const string TokenScheme = "token";
    internal const string ScopeClaim = "scope";
    internal const string ReadScope = "read";

    /// <summary>Who may see who saw what.</summary>
    internal const string AuditPolicy = "audit";
}
