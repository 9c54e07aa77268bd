namespace ClinicalSuite.Cli.Hospital;

/// <summary>What became of a sending.</summary>
/// <param name="Acknowledged">SOPInstanceUIDs that the receiver answered with success or warning.</param>
/// <param name="InputsUnreadable">Inputs of which nothing could be sent.</param>
/// <param name="ObjectsRefused">Objects that the receiver did not take.</param>
internal sealed record SendReport(IReadOnlySet<string> Acknowledged, int InputsUnreadable, int ObjectsRefused);
