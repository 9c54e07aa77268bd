using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>How results leave.</summary>
public sealed record DeliverySettings
{
    public IReadOnlyList<DicomDestination> Pacs { get; init; } = [];

    public IReadOnlyList<WebDestination> Web { get; init; } = [];

    public IReadOnlyList<MllpDestination> Ris { get; init; } = [];

    public UnidentifiedPolicy Unidentified { get; init; } = UnidentifiedPolicy.Hold;

    /// <summary>Title under which we call a PACS, and how.</summary>
    public DicomClientOptions Client { get; init; } = new();

    /// <summary>For the destinations that are called over TLS.</summary>
    public OutgoingTls? Tls { get; init; }

    /// <summary>From sending a message to a RIS to its acknowledgement.</summary>
    public TimeSpan Acknowledgement { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before the second attempt; doubled for each further one, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Then it stops and a person has to look. With the pauses above the last attempt is after some 12 hours.
    /// </summary>
    public int MostAttempts { get; init; } = 80;

    /// <summary>
    /// How long a worker may hold what it took. An object of 2 GB takes some minutes; a lease that ran out is taken by
    /// another worker, and then the first can no longer write an outcome.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The pause after so many attempts.</summary>
    public TimeSpan PauseAfter(int attempts)
    {
        // 2^20 times the first pause is beyond any sensible longest one.
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
