namespace ClinicalSuite.Cli.Hospital;

/// <summary>What became of a sending.</summary>
/// <param name="Acknowledged">SOPInstanceUIDs that the receiver answered with success or warning.</param>
/// <param name="Unreadable">Inputs of which nothing could be sent: file, place and reason of each.</param>
/// <param name="ObjectsRefused">Objects that the receiver found unfit.</param>
/// <param name="ObjectsLeft">Objects that did not get through: no association, a broken one, a receiver out of resources.</param>
internal sealed record SendReport(
    IReadOnlySet<string> Acknowledged, IReadOnlyList<string> Unreadable, int ObjectsRefused, int ObjectsLeft);
