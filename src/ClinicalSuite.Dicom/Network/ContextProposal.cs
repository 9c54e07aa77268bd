namespace ClinicalSuite.Dicom.Network;

/// <summary>What a requestor proposes for what it has to send.</summary>
public static class ContextProposal
{
    private static readonly string[] Native =
        [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian];

    /// <summary>Verification alone.</summary>
    public static IReadOnlyList<ProposedContext> Verification { get; } = [new(1, DicomUID.Verification, Native)];

    /// <summary>
    /// One context for each SOP class, native in both forms; compressed objects get one more for their own syntax,
    /// since the acceptor picks one syntax of each context (PS3.8 9.3.3.2).
    /// </summary>
    /// <exception cref="ArgumentException">More contexts than identifiers (128).</exception>
    public static IReadOnlyList<ProposedContext> For(IEnumerable<StorageObject> objects)
    {
        var pairs = objects
            .Select(o => (o.SopClassUid, Syntax: o.TransferSyntax.IsEncapsulated ? o.TransferSyntax.Uid : null))
            .Distinct()
            .ToList();
        if (pairs.Count > 128)
        {
            throw new ArgumentException($"{pairs.Count} presentation contexts do not fit in one association");
        }
        return [.. pairs.Select((pair, index) => new ProposedContext(
            (byte)((2 * index) + 1), pair.SopClassUid, pair.Syntax is null ? Native : [pair.Syntax]))];
    }
}
