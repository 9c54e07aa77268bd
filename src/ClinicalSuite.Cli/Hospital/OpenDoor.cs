using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>Takes every caller, and storage in every syntax that can be written down: for a listener on loopback only.</summary>
/// <param name="aeTitle">The called AE title that it answers to.</param>
/// <param name="commits">Whether storage commitment is offered.</param>
internal sealed class OpenDoor(string aeTitle, Func<bool> commits) : IAssociationPolicy
{
    private static readonly IReadOnlyList<string> Syntaxes =
    [
        DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian, DicomUID.DeflatedExplicitVRLittleEndian,
        DicomUID.RLELossless, DicomUID.JPEGLosslessSV1, DicomUID.JPEGLSLossless, DicomUID.JPEG2000Lossless, DicomUID.JPEGBaseline8Bit,
    ];

    public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer)
    {
        if (request.CalledAeTitle != aeTitle)
        {
            return AssociationDecision.Reject.CalledAeTitleNotRecognized;
        }

        var services = new SupportedServices()
            .With(DicomUID.Verification, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian)
            .WithStorage(Syntaxes, withPrivateClasses: true);
        if (commits())
        {
            services.With(DicomUID.StorageCommitmentPushModel, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian);
        }

        return new AssociationDecision.Accept(services);
    }
}
