namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Every bound of an association: nothing a peer sends may cost more memory or time than is written here.
/// </summary>
public sealed record AssociationLimits
{
    public static AssociationLimits Default { get; } = new();

    /// <summary>Longest P-DATA-TF body that we take, in bytes; announced to the peer (PS3.8 D.1).</summary>
    public int MaximumPduLength { get; init; } = 131072;

    /// <summary>
    /// Longest association PDU in bytes. 128 contexts with 40 transfer syntaxes each, as some toolkits propose, are
    /// about 150 kB.
    /// </summary>
    public int MaximumAssociationPduLength { get; init; } = 524288;

    /// <summary>Contexts in one request: identifiers are the odd numbers of one byte.</summary>
    public int MaximumPresentationContexts { get; init; } = 128;

    public int MaximumTransferSyntaxes { get; init; } = 128;

    /// <summary>Sub-items of the user information; one extended negotiation for each context is usual.</summary>
    public int MaximumUserItems { get; init; } = 512;

    /// <summary>Longest command set in bytes; C-STORE needs some 300.</summary>
    public int MaximumCommandLength { get; init; } = 65536;

    /// <summary>Longest data set in bytes.</summary>
    public long MaximumDataSetLength { get; init; } = 16L << 30;

    /// <summary>
    /// Longest data set that is built in memory: identifiers and what the N-services carry. A storage commitment of
    /// 100,000 objects is about 15 MB.
    /// </summary>
    public int MaximumMessageLength { get; init; } = 32 << 20;

    /// <summary>The ARTIM timer (PS3.8 9.1.5): from connection to A-ASSOCIATE-RQ, and for an answer to ours.</summary>
    public TimeSpan Artim { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The ARTIM timer where nothing is left to say (state 13): for the peer to close the connection.
    /// </summary>
    public TimeSpan Close { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From one message to the next.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For each PDU once a message has begun.</summary>
    public TimeSpan Message { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one operation that answers many times, such as C-MOVE, as its provider.</summary>
    public TimeSpan Operation { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// A data set that takes more waiting than <see cref="Message"/> and its bytes at this rate is cut off: a peer that sends a
    /// little now and then would else hold its place for ever. No line of a hospital is that slow.
    /// </summary>
    public int SlowestBytesPerSecond { get; init; } = 1024;

    /// <summary>For the answer to a request of ours: the peer may be storing a large object.</summary>
    public TimeSpan Response { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Between two responses of a C-MOVE or C-GET of ours: a peer need not report pending ones.</summary>
    public TimeSpan Retrieve { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>For the peer to take what we send.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(60);
}
