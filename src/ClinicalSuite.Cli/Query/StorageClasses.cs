using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Cli.Query;

/// <summary>
/// What C-GET proposes to take: one association has 128 presentation contexts, so these are the classes that archives hold,
/// each native and compressed.
/// </summary>
internal static class StorageClasses
{
    private static readonly string[] Common =
    [
        DicomUID.CTImageStorage, DicomUID.EnhancedCTImageStorage, DicomUID.MRImageStorage, DicomUID.EnhancedMRImageStorage,
        DicomUID.EnhancedMRColorImageStorage, DicomUID.MRSpectroscopyStorage, DicomUID.UltrasoundImageStorage,
        DicomUID.UltrasoundMultiFrameImageStorage, DicomUID.EnhancedUSVolumeStorage, DicomUID.SecondaryCaptureImageStorage,
        DicomUID.MultiFrameSingleBitSecondaryCaptureImageStorage, DicomUID.MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
        DicomUID.MultiFrameGrayscaleWordSecondaryCaptureImageStorage, DicomUID.MultiFrameTrueColorSecondaryCaptureImageStorage,
        DicomUID.ComputedRadiographyImageStorage, DicomUID.DigitalXRayImageStorageForPresentation,
        DicomUID.DigitalXRayImageStorageForProcessing, DicomUID.DigitalMammographyXRayImageStorageForPresentation,
        DicomUID.DigitalMammographyXRayImageStorageForProcessing, DicomUID.BreastTomosynthesisImageStorage,
        DicomUID.XRayAngiographicImageStorage, DicomUID.EnhancedXAImageStorage, DicomUID.XRayRadiofluoroscopicImageStorage,
        DicomUID.XRay3DAngiographicImageStorage, DicomUID.NuclearMedicineImageStorage,
        DicomUID.PositronEmissionTomographyImageStorage, DicomUID.EnhancedPETImageStorage, DicomUID.SegmentationStorage,
        DicomUID.ParametricMapStorage, DicomUID.RTStructureSetStorage, DicomUID.RTPlanStorage, DicomUID.RTDoseStorage,
        DicomUID.RTImageStorage, DicomUID.BasicTextSRStorage, DicomUID.EnhancedSRStorage, DicomUID.ComprehensiveSRStorage,
        DicomUID.Comprehensive3DSRStorage, DicomUID.KeyObjectSelectionDocumentStorage, DicomUID.XRayRadiationDoseSRStorage,
        DicomUID.EncapsulatedPDFStorage, DicomUID.GrayscaleSoftcopyPresentationStateStorage,
        DicomUID.ColorSoftcopyPresentationStateStorage, DicomUID.SpatialRegistrationStorage, DicomUID.RealWorldValueMappingStorage,
        DicomUID.RawDataStorage, DicomUID.TwelveLeadECGWaveformStorage, DicomUID.GeneralECGWaveformStorage,
        DicomUID.VLPhotographicImageStorage, DicomUID.VLEndoscopicImageStorage, DicomUID.VLMicroscopicImageStorage,
        DicomUID.OphthalmicPhotography8BitImageStorage, DicomUID.OphthalmicTomographyImageStorage,
        DicomUID.VLWholeSlideMicroscopyImageStorage, DicomUID.VideoEndoscopicImageStorage,
    ];

    private static readonly string[] Native = [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian];

    private static readonly string[] Compressed =
    [
        DicomUID.JPEGLosslessSV1, DicomUID.JPEG2000Lossless, DicomUID.JPEGLSLossless, DicomUID.RLELossless,
        DicomUID.JPEGBaseline8Bit, DicomUID.JPEG2000, DicomUID.JPEGLossless, DicomUID.JPEGExtended12Bit,
        DicomUID.JPEGLSNearLossless, DicomUID.HTJ2KLossless, DicomUID.HTJ2K,
    ];

    public static IReadOnlyList<RoleSelection> Roles { get; } = [.. Common.Select(uid => new RoleSelection(uid, IsUser: true, IsProvider: true))];

    /// <summary>After the context of the retrieval itself, which has identifier 1.</summary>
    public static IEnumerable<ProposedContext> Contexts() =>
        Common.SelectMany(uid => new[] { (uid, Native), (uid, Compressed) })
            .Select((pair, index) => new ProposedContext((byte)((2 * index) + 3), pair.uid, pair.Item2));
}
