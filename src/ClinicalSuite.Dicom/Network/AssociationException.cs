namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// The association ended while a data set was being read or a message sent. An exception because it surfaces inside
/// <see cref="Stream"/> reads of code that knows nothing of associations.
/// </summary>
public sealed class AssociationException(AssociationEnd end) : IOException("association " + end.Describe())
{
    public AssociationEnd End { get; } = end;
}
