namespace ClinicalSuite.Dicom.Network;

/// <summary>What became of one request.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The peer answered.</summary>
    public sealed record Answered(DimseStatus Status) : SendOutcome
    {
        /// <summary>The whole final response, where it says more than the status.</summary>
        public DimseReply? Reply { get; init; }
    }

    /// <summary>The peer accepted no presentation context that the object fits in; nothing was sent.</summary>
    public sealed record NoContext(string Problem) : SendOutcome
    {
        internal static NoContext For(StorageObject file) => new(
            $"no accepted presentation context for SOP class {file.SopClassUid} in {file.TransferSyntax.Uid}");
    }

    /// <summary>The association ended before the answer: the object may have arrived or not.</summary>
    public sealed record Lost(AssociationEnd End) : SendOutcome;
}
