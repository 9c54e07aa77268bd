namespace ClinicalSuite.Dicom.Network;

/// <summary>SCP/SCU role selection of one SOP class (PS3.7 D.3.3.4), from the requestor's point of view.</summary>
/// <param name="IsUser">The requestor may be service class user; the default without negotiation.</param>
/// <param name="IsProvider">The requestor may be service class provider: C-GET, storage commitment results.</param>
public sealed record RoleSelection(string SopClassUid, bool IsUser, bool IsProvider);
