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
    private readonly Dictionary<string, byte[]> extended = new(StringComparer.Ordinal);
    private readonly HashSet<string> providers = new(StringComparer.Ordinal);
    private IReadOnlyList<string> storage = [];
    private bool privateStorage;
    private bool storageProviders;

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

    /// <summary>
    /// Lets a requestor be provider of that SOP class (PS3.7 D.3.3.4), as it must be to be sent its results.
    /// </summary>
    public SupportedServices WithRequestorAsProvider(string abstractSyntax)
    {
        providers.Add(abstractSyntax);
        return this;
    }

    /// <summary>Lets a requestor be provider of storage, so that C-GET can send to it (PS3.4 C.5.3).</summary>
    public SupportedServices WithRequestorAsStorageProvider()
    {
        storageProviders = true;
        return this;
    }

    /// <summary>The extended negotiation that this side supports of a SOP class: a 1 at each byte (PS3.4 C.5).</summary>
    public SupportedServices WithExtended(string abstractSyntax, params byte[] supported)
    {
        extended[abstractSyntax] = supported;
        return this;
    }

    /// <summary>The SOP classes that were named one by one; storage is beside them.</summary>
    public IEnumerable<string> AbstractSyntaxes => exact.Keys;

    /// <summary>Of every storage class, in order of preference; empty where storage is not served.</summary>
    public IReadOnlyList<string> StorageTransferSyntaxes => storage;

    public bool TakesPrivateStorage => privateStorage;

    /// <summary>What <see cref="WithExtended"/> said of a SOP class; empty where nothing is negotiated.</summary>
    public IReadOnlyList<byte> ExtendedOf(string abstractSyntax) => extended.GetValueOrDefault(abstractSyntax, []);

    public IReadOnlyList<string> TransferSyntaxesFor(string abstractSyntax) =>
        exact.TryGetValue(abstractSyntax, out var known) ? known : IsStorage(abstractSyntax) ? storage : [];

    /// <summary>Answers a proposed role; a role is granted only where it was asked for.</summary>
    public RoleSelection Negotiate(RoleSelection proposed) => proposed with
    {
        IsProvider = proposed.IsProvider
            && (providers.Contains(proposed.SopClassUid) || (storageProviders && IsStorage(proposed.SopClassUid))),
    };

    /// <summary>Answers an extended negotiation; null leaves it unanswered, which declines it.</summary>
    public ExtendedNegotiation? Negotiate(ExtendedNegotiation proposed) =>
        extended.TryGetValue(proposed.SopClassUid, out var supported) ? proposed.Common(supported) : null;

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

    private bool IsStorage(string abstractSyntax) =>
        abstractSyntax.StartsWith(StorageRoot, StringComparison.Ordinal)
        || (privateStorage && abstractSyntax.Length > 0
            && !abstractSyntax.StartsWith(StandardRoot, StringComparison.Ordinal));
}
