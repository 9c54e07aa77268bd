namespace ClinicalSuite.Dicom.Network;

/// <summary>A context that both sides agreed on.</summary>
public sealed record PresentationContext(byte Id, string AbstractSyntax, string TransferSyntax)
{
    /// <summary>The requestor may send requests of this class; false only after role selection.</summary>
    public bool RequestorIsUser { get; init; } = true;

    /// <summary>The requestor takes requests of this class (PS3.7 D.3.3.4).</summary>
    public bool RequestorIsProvider { get; init; }
}
