namespace ClinicalSuite.Dicom.Network;

/// <summary>Status of a DIMSE response (PS3.7 annex C, PS3.4 B.2.3) with the error comment that goes with it.</summary>
/// <param name="Comment">At most 64 characters (0000,0902); never patient data.</param>
public readonly record struct DimseStatus(ushort Code, string? Comment = null)
{
    public static DimseStatus Success => new(0x0000);

    public bool IsSuccess => Code == 0;

    /// <summary>The object was stored, with a remark (PS3.4 table B.2-1: B000, B006, B007).</summary>
    public bool IsWarning => Code is 0x0001 or 0x0107 or 0x0116 or (>= 0xB000 and <= 0xBFFF);

    /// <summary>More responses follow (FF00; FF01 where optional keys were not supported).</summary>
    public bool IsPending => Code is 0xFF00 or 0xFF01;

    /// <summary>The operation ended because it was cancelled (FE00).</summary>
    public bool IsCancel => Code == 0xFE00;

    /// <summary>The receiver may take the same object later: out of resources (A7xx).</summary>
    public bool IsTransientFailure => Code is >= 0xA700 and <= 0xA7FF;

    public static DimseStatus Pending => new(0xFF00);

    /// <summary>Pending, and some optional keys were taken as universal (PS3.4 table C.4-1).</summary>
    public static DimseStatus PendingWithoutSomeKeys => new(0xFF01);

    public static DimseStatus Cancel => new(0xFE00);

    public static DimseStatus OutOfResources(string comment) => new(0xA700, comment);

    /// <summary>A code of our own among those of A7xx: the sender has used up its share of the store.</summary>
    public static DimseStatus QuotaUsedUp(string comment) => new(0xA701, comment);

    /// <summary>C-MOVE, C-GET: no sub-operation was performed (PS3.4 table C.4-2).</summary>
    public static DimseStatus NoSuboperationDone(string comment) => new(0xA702, comment);

    /// <summary>C-MOVE, C-GET: some sub-operations failed or gave a warning.</summary>
    public static DimseStatus SuboperationsWithFailures(string? comment) => new(0xB000, comment);

    public static DimseStatus DataSetDoesNotMatchSopClass(string comment) => new(0xA900, comment);

    public static DimseStatus CannotUnderstand(string comment) => new(0xC000, comment);

    public static DimseStatus SopClassNotSupported(string comment) => new(0x0122, comment);

    public static DimseStatus InvalidSopInstance(string comment) => new(0x0117, comment);

    public static DimseStatus MistypedArgument(string comment) => new(0x0212, comment);

    public static DimseStatus NoSuchSopInstance(string comment) => new(0x0112, comment);

    public static DimseStatus ResourceLimitation(string comment) => new(0x0213, comment);

    public static DimseStatus MoveDestinationUnknown(string comment) => new(0xA801, comment);

    public static DimseStatus UnrecognizedOperation => new(0x0211);

    public static DimseStatus ProcessingFailure(string comment) => new(0x0110, comment);

    // PS3.7 annex C: the answers of the DIMSE-N services.
    public static DimseStatus AttributeListError => new(0x0107);

    public static DimseStatus InvalidAttributeValue(string comment) => new(0x0106, comment);

    public static DimseStatus DuplicateSopInstance => new(0x0111);

    public static DimseStatus NoSuchEventType => new(0x0113);

    public static DimseStatus InvalidArgumentValue(string comment) => new(0x0115, comment);

    public static DimseStatus ClassInstanceConflict => new(0x0119);

    public static DimseStatus MissingAttribute(string comment) => new(0x0120, comment);

    public static DimseStatus NoSuchActionType => new(0x0123);

    /// <summary>The reason of 0110H to N-SET on a step that is COMPLETED or DISCONTINUED (PS3.4 F.7.2.2.2).</summary>
    public static DimseStatus StepHasEnded => new(0x0110, "performed procedure step may no longer be updated");

    public override string ToString() => Comment is null ? $"{Code:X4}H" : $"{Code:X4}H ({Comment})";
}
