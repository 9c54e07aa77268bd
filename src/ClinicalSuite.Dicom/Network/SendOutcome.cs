namespace ClinicalSuite.Dicom.Network;

/// <summary>What became of one request.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The peer answered.</summary>
    public sealed record Answered(DimseStatus Status) : SendOutcome;

    /// <summary>The peer accepted no presentation context that the object fits in; nothing was sent.</summary>
    public sealed record NoContext(string Problem) : SendOutcome;

    /// <summary>The association ended before the answer: the object may have arrived or not.</summary>
    public sealed record Lost(AssociationEnd End) : SendOutcome;
}
