using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Headers to typed facts.</summary>
internal static class SourceFacts
{
    public static PatientFacts Patient(DicomDataset header)
    {
        var name = DicomPersonName.Parse(header.GetStringOrEmpty(DicomTag.PatientName));
        return new PatientFacts
        {
            AlphabeticName = name.Alphabetic,
            IdeographicName = name.Ideographic,
            Id = header.GetStringOrEmpty(DicomTag.PatientID),
            IssuerOfId = header.GetStringOrEmpty(DicomTag.IssuerOfPatientID),
            BirthDate = DicomDateTime.Date(header, DicomTag.PatientBirthDate),
            Sex = header.GetStringOrEmpty(DicomTag.PatientSex),
            Age = header.GetStringOrEmpty(DicomTag.PatientAge),
        };
    }

    public static StudyFacts Study(DicomDataset header)
    {
        var request = header.FirstItem(DicomTag.RequestAttributesSequence) ?? header;
        string Of(DicomTag tag)
        {
            var own = request.GetStringOrEmpty(tag);
            return own.Length > 0 ? own : header.GetStringOrEmpty(tag);
        }

        var physician = DicomPersonName.Parse(header.GetStringOrEmpty(DicomTag.ReferringPhysicianName));
        return new StudyFacts
        {
            StudyUid = header.GetString(DicomTag.StudyInstanceUID),
            StudyId = header.GetStringOrEmpty(DicomTag.StudyID),
            AccessionNumber = header.GetStringOrEmpty(DicomTag.AccessionNumber),
            Started = DicomDateTime.DateAndTime(header, DicomTag.StudyDate, DicomTag.StudyTime),
            Description = header.GetStringOrEmpty(DicomTag.StudyDescription),
            ReferringPhysician = physician.Alphabetic.Length > 0 ? physician.Alphabetic : physician.Ideographic,
            PlacerOrderNumber = Of(DicomTag.PlacerOrderNumberImagingServiceRequest),
            FillerOrderNumber = Of(DicomTag.FillerOrderNumberImagingServiceRequest),
            RequestedProcedureId = Of(DicomTag.RequestedProcedureID),
            RequestedProcedureDescription = Of(DicomTag.RequestedProcedureDescription),
            CharacterSet = string.Join('\\', header.GetStrings(DicomTag.SpecificCharacterSet)),
        };
    }

    /// <param name="header">The header of the instance that stands for the series.</param>
    /// <param name="optional">Reads what the series can do without.</param>
    public static SeriesManifest Series(
        DicomDataset header, int instances, VolumeGeometry? geometry, (Code Reason, string Cause)? problem,
        OptionalAttributes optional) => new()
        {
            SeriesUid = header.GetString(DicomTag.SeriesInstanceUID),
            Modality = header.GetStringOrEmpty(DicomTag.Modality),
            InstanceCount = instances,
            Description = optional.Text(header, DicomTag.SeriesDescription),
            BodyPart = optional.Text(header, DicomTag.BodyPartExamined),
            ImageType = [.. header.GetStrings(DicomTag.ImageType)],
            Geometry = geometry,
            GeometryProblem = problem,
            SliceThicknessMm = optional.Number(header, DicomTag.SliceThickness),
            GantryTiltDegrees = optional.Number(header, DicomTag.GantryDetectorTilt),
            ContrastAgent = optional.Text(header, DicomTag.ContrastBolusAgent) is { Length: > 0 } agent ? agent : null,
            ContrastStartToAcquisition = ContrastDelay(header),
            RepetitionTimeMs = optional.Number(header, DicomTag.RepetitionTime),
            EchoTimeMs = optional.Number(header, DicomTag.EchoTime),
            FlipAngleDegrees = optional.Number(header, DicomTag.FlipAngle),
            BValue = optional.Number(header, DicomTag.DiffusionBValue),
            ReferencedSeriesUids = ReferencedSeries(header, optional),
        };

    private static TimeSpan? ContrastDelay(DicomDataset header)
    {
        if (DicomDateTime.Time(header, DicomTag.ContrastBolusStartTime) is not { } start
            || DicomDateTime.Time(header, DicomTag.AcquisitionTime) is not { } acquired)
        {
            return null;
        }

        var delay = acquired - start;

        // TimeOnly subtraction wraps at midnight; an "injection" of the next 12 hours is a wrong clock, not a delay.
        return delay < TimeSpan.FromHours(12) ? delay : null;
    }

    private static List<string> ReferencedSeries(DicomDataset header, OptionalAttributes optional)
    {
        var named = optional.Items(header, DicomTag.ReferencedSeriesSequence)
            .Select(item => optional.Text(item, DicomTag.SeriesInstanceUID));
        var contoured = optional.Items(header, DicomTag.ReferencedFrameOfReferenceSequence)
            .SelectMany(frame => optional.Items(frame, DicomTag.RTReferencedStudySequence))
            .SelectMany(study => optional.Items(study, DicomTag.RTReferencedSeriesSequence))
            .Select(item => optional.Text(item, DicomTag.SeriesInstanceUID));
        return [.. named.Concat(contoured).Where(uid => uid.Length > 0).Distinct(StringComparer.Ordinal)];
    }
}
