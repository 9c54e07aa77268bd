namespace ClinicalSuite.Dicom.Network;

/// <summary>Element numbers of group 0000 (PS3.7 annex E).</summary>
internal static class CommandElement
{
    public const ushort AffectedSopClassUid = 0x0002;
    public const ushort CommandField = 0x0100;
    public const ushort MessageId = 0x0110;
    public const ushort MessageIdBeingRespondedTo = 0x0120;
    public const ushort Priority = 0x0700;
    public const ushort CommandDataSetType = 0x0800;
    public const ushort Status = 0x0900;
    public const ushort ErrorComment = 0x0902;
    public const ushort AffectedSopInstanceUid = 0x1000;
}
