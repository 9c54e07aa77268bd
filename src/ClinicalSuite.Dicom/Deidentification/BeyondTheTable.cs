using System.Collections.Frozen;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>
/// Attributes that table E.1-1 does not name and that lead to somebody all the same: numbers of orders and devices, who issued a
/// number, where a copy lies, addresses, the true values in a form for others. None must be there in a stored object.
/// </summary>
internal static class BeyondTheTable
{
    private static readonly FrozenSet<DicomTag> Removed = new[]
    {
        DicomTag.IssuerOfAccessionNumberSequence, DicomTag.IssuerOfPatientIDQualifiersSequence,
        DicomTag.OrderPlacerIdentifierSequence, DicomTag.OrderFillerIdentifierSequence,
        DicomTag.PlacerOrderNumberProcedure, DicomTag.FillerOrderNumberProcedure,
        DicomTag.PlacerOrderNumberImagingServiceRequestRetired, DicomTag.FillerOrderNumberImagingServiceRequestRetired,
        DicomTag.AssigningFacilitySequence, DicomTag.AssigningJurisdictionCodeSequence,
        DicomTag.AssigningAgencyOrDepartmentCodeSequence, DicomTag.PatientBirthDateInAlternativeCalendar,
        DicomTag.PatientDeathDateInAlternativeCalendar, DicomTag.PatientAlternativeCalendar, DicomTag.BreedRegistrationNumber,
        DicomTag.DeviceID, DicomTag.SecondaryCaptureDeviceID, DicomTag.HardcopyCreationDeviceID,
        DicomTag.ModifyingDeviceManufacturer, DicomTag.NTPSourceAddress, DicomTag.AuthorizationEquipmentCertificationNumber,
        DicomTag.StorageMediaFileSetID, DicomTag.HL7InstanceIdentifier, DicomTag.UniformResourceLocatorTrial,
        DicomTag.HangingProtocolCreator, DicomTag.HangingProtocolUserGroupName, DicomTag.FilmSessionLabel, DicomTag.OwnerID,
        DicomTag.PrintJobID, DicomTag.PrintQueueID, DicomTag.BoardingPassID, DicomTag.ItineraryID,
        DicomTag.EncryptedAttributesSequence,
    }.ToFrozenSet();

    public static bool IsRemoved(DicomTag tag) => Removed.Contains(tag);
}
