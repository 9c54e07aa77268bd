namespace ClinicalSuite.Hl7.Mllp;

/// <summary>
/// Takes a message and says what to answer. It returns only when its work is durable: Accept means that the sender may forget.
/// </summary>
public delegate ValueTask<Acknowledgement> MllpHandler(ReceivedMessage received, CancellationToken cancellation);
