using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>
/// What to propose to the destination of a C-MOVE: each kind of object in its own syntax, and native beside, so that a
/// receiver without that codec still gets the pixels.
/// </summary>
internal static class RetrievalContexts
{
    private const int Most = 128;

    private static readonly string[] Native = [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian];

    /// <returns>At most 128 contexts; objects of further kinds cannot go on this association.</returns>
    public static IReadOnlyList<ProposedContext> For(IEnumerable<(string SopClassUid, string TransferSyntaxUid)> kinds)
    {
        var pairs = kinds.ToList();
        var stored = pairs.Where(kind => DicomTransferSyntax.Of(kind.TransferSyntaxUid).IsEncapsulated)
            .Select(kind => (kind.SopClassUid, Syntaxes: new[] { kind.TransferSyntaxUid }));
        var native = pairs.Select(kind => kind.SopClassUid).Distinct().Select(uid => (uid, Syntaxes: Native));
        return [.. native.Concat(stored).Take(Most)
            .Select((pair, index) => new ProposedContext((byte)((2 * index) + 1), pair.Item1, pair.Syntaxes))];
    }
}
