namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Which abstract syntaxes an acceptor serves, each with its transfer syntaxes in order of preference.
/// </summary>
public sealed class SupportedServices
{
    // PS3.4 B.5: the storage classes lie under this root; query/retrieve and the others have roots of their own.
    private const string StorageRoot = "1.2.840.10008.5.1.4.1.1.";
    private const string StandardRoot = "1.2.840.10008.";

    private readonly Dictionary<string, IReadOnlyList<string>> exact = new(StringComparer.Ordinal);
    private IReadOnlyList<string> storage = [];
    private bool privateStorage;

    public SupportedServices With(string abstractSyntax, params IReadOnlyList<string> transferSyntaxes)
    {
        exact[abstractSyntax] = transferSyntaxes;
        return this;
    }

    /// <summary>
    /// Every standard storage class, and private ones (UIDs outside the standard's root) if asked for.
    /// </summary>
    public SupportedServices WithStorage(IReadOnlyList<string> transferSyntaxes, bool withPrivateClasses)
    {
        storage = transferSyntaxes;
        privateStorage = withPrivateClasses;
        return this;
    }

    public IReadOnlyList<string> TransferSyntaxesFor(string abstractSyntax)
    {
        if (exact.TryGetValue(abstractSyntax, out var known))
        {
            return known;
        }
        var isStorage = abstractSyntax.StartsWith(StorageRoot, StringComparison.Ordinal)
            || (privateStorage && abstractSyntax.Length > 0
                && !abstractSyntax.StartsWith(StandardRoot, StringComparison.Ordinal));
        return isStorage ? storage : [];
    }

    /// <summary>Answers one proposed context (PS3.8 9.3.3.2).</summary>
    public ContextResult Negotiate(ProposedContext proposed)
    {
        var supported = TransferSyntaxesFor(proposed.AbstractSyntax);
        var refused = new ContextResult(
            proposed.Id, ContextOutcome.AbstractSyntaxNotSupported, proposed.TransferSyntaxes.FirstOrDefault(""));
        if (supported.Count == 0)
        {
            return refused;
        }
        var chosen = supported.FirstOrDefault(syntax => proposed.TransferSyntaxes.Contains(syntax));
        return chosen is null
            ? refused with { Outcome = ContextOutcome.TransferSyntaxesNotSupported }
            : new(proposed.Id, ContextOutcome.Acceptance, chosen);
    }
}
