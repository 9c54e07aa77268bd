namespace ClinicalSuite.Dicom.Network.StorageCommitment;

/// <summary>An object that is not kept, and why (Failure Reason (0008,1197), PS3.3 C.14.1.1).</summary>
public sealed record CommitmentFailure(SopReference Reference, ushort Reason)
{
    public const ushort ProcessingFailure = 0x0110;
    public const ushort NoSuchObject = 0x0112;
    public const ushort ClassInstanceConflict = 0x0119;
    public const ushort ReferencedClassNotSupported = 0x0122;
    public const ushort DuplicateTransaction = 0x0131;
    public const ushort ResourceLimitation = 0x0213;

    /// <summary>The reason with its number, in the standard's words.</summary>
    public string Words => Reason switch
    {
        ProcessingFailure => "0110H processing failure",
        NoSuchObject => "0112H no such object instance",
        ClassInstanceConflict => "0119H class/instance conflict",
        ReferencedClassNotSupported => "0122H referenced SOP class not supported",
        DuplicateTransaction => "0131H duplicate transaction UID",
        ResourceLimitation => "0213H resource limitation",
        _ => $"{Reason:X4}H",
    };
}
