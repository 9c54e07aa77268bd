namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// SOP class common extended negotiation (PS3.7 D.3.3.6): which service a SOP class belongs to, for classes that the
/// acceptor has never heard of. It has no answer.
/// </summary>
/// <param name="Related">General SOP classes that the class may be treated as.</param>
public sealed record CommonExtendedNegotiation(
    string SopClassUid, string ServiceClassUid, IReadOnlyList<string> Related);
