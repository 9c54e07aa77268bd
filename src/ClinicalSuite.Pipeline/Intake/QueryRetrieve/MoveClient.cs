using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>Calls the destinations of C-MOVE.</summary>
/// <param name="tls">Null where no destination is called over TLS.</param>
internal sealed class MoveClient(IntakeSettings settings, OutgoingTls? tls, TimeProvider time)
{
    /// <summary>The destination of that title, or null.</summary>
    public DicomDestination? Find(string aeTitle) => settings.Destinations.FirstOrDefault(d => d.AeTitle == aeTitle);

    public Task<AssociationOpening> OpenAsync(DicomDestination destination, IReadOnlyList<ProposedContext> contexts) =>
        DicomClient.OpenAsync(
            new DicomPeer(destination.AeTitle, destination.Host, destination.Port), contexts,
            new DicomClientOptions
            {
                CallingAeTitle = settings.AeTitle,
                Tls = destination.Tls ? tls?.To(destination.Host) : null,
                Limits = settings.Limits,
                Time = time,
            },
            CancellationToken.None);
}
