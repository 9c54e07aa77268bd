namespace ClinicalSuite.Dicom.Network;

/// <summary>Asynchronous operations window (PS3.7 D.3.3.3); 0 is no limit, absence of the item is 1 and 1.</summary>
/// <param name="Invoked">Requests that the requestor may leave unanswered.</param>
/// <param name="Performed">Requests that the requestor takes before it has answered the first.</param>
public readonly record struct OperationsWindow(ushort Invoked, ushort Performed)
{
    public static OperationsWindow Synchronous => new(1, 1);

    /// <summary>
    /// The most that we agree to as an acceptor: requests may come before the last is answered, and are performed in turn.
    /// </summary>
    public static OperationsWindow Granted => new(16, 1);

    /// <summary>The acceptor's answer: no number may be above the proposed one.</summary>
    internal OperationsWindow Within(ushort invoked, ushort performed) =>
        new(Least(Invoked, invoked), Least(Performed, performed));

    private static ushort Least(ushort proposed, ushort own) =>
        proposed == 0 ? own : own == 0 ? proposed : Math.Min(proposed, own);
}
