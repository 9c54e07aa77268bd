namespace ClinicalSuite.Dicom.Network;

/// <summary>What came of calling a peer.</summary>
public abstract record AssociationOpening
{
    private AssociationOpening()
    {
    }

    /// <summary>The association stands; disposing of the client releases it.</summary>
    public sealed record Opened(DicomClient Client) : AssociationOpening;

    /// <summary>Unreachable, refused or aborted.</summary>
    public sealed record Failed(AssociationEnd End) : AssociationOpening;
}
