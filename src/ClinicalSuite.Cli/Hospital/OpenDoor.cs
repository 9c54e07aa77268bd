using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>Takes every caller, and storage in every syntax that can be written down: for a listener on loopback only.</summary>
/// <param name="aeTitle">The called AE title that it answers to.</param>
internal sealed class OpenDoor(string aeTitle) : IAssociationPolicy
{
    private static readonly IReadOnlyList<string> Syntaxes =
    [
        DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian, DicomUID.DeflatedExplicitVRLittleEndian,
        DicomUID.RLELossless, DicomUID.JPEGLosslessSV1, DicomUID.JPEGLSLossless, DicomUID.JPEG2000Lossless, DicomUID.JPEGBaseline8Bit,
    ];

    public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer) =>
        request.CalledAeTitle != aeTitle
            ? AssociationDecision.Reject.CalledAeTitleNotRecognized
            : new AssociationDecision.Accept(
                new SupportedServices()
                    .With(DicomUID.Verification, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian)
                    .With(DicomUID.StorageCommitmentPushModel, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian)
                    .WithStorage(Syntaxes, withPrivateClasses: true));
}
