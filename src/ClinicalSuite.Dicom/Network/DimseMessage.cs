namespace ClinicalSuite.Dicom.Network;

/// <summary>A message as it begins to arrive.</summary>
/// <param name="DataSet">
/// The bytes of the data set in the context's transfer syntax, read from the network as they are asked for; null if the
/// command announces none.
/// </param>
public sealed record DimseMessage(PresentationContext Context, CommandSet Command, Stream? DataSet);
