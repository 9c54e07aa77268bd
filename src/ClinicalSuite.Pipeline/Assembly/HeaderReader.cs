using ClinicalSuite.Dicom;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Pipeline.Assembly;

/// <summary>Reads from an acknowledged object what the register needs of it.</summary>
internal static class HeaderReader
{
    /// <summary>The facts, or the problem with the header: an acknowledged object is registered either way.</summary>
    public static Registration Read(StoreFolder folder, JournalEntry entry)
    {
        try
        {
            return new Registration(entry, Facts(DicomFile.Open(folder.Absolute(entry.Path), DicomReadOptions.HeaderOnly).Dataset));
        }
        catch (DicomFormatException problem)
        {
            // Its message names the place in the file, never a value.
            return new Registration(entry, null, $"{problem.TagPath} {problem.Reason}".Trim());
        }
        catch (FileNotFoundException)
        {
            return new Registration(entry, null, "the file is missing from the store");
        }
    }

    private static InstanceFacts Facts(DicomDataset header) => new()
    {
        StudyUid = header.GetString(DicomTag.StudyInstanceUID),
        SeriesUid = header.GetString(DicomTag.SeriesInstanceUID),
        Modality = header.GetStringOrEmpty(DicomTag.Modality),
        SeriesNumber = Number(header, DicomTag.SeriesNumber),
        SeriesDescription = header.GetStringOrEmpty(DicomTag.SeriesDescription),
        InstanceNumber = Number(header, DicomTag.InstanceNumber),
        PatientId = header.GetStringOrEmpty(DicomTag.PatientID),
        IssuerOfPatientId = header.GetStringOrEmpty(DicomTag.IssuerOfPatientID),
        PatientName = header.GetStringOrEmpty(DicomTag.PatientName),
        PatientBirthDate = header.GetStringOrEmpty(DicomTag.PatientBirthDate),
        PatientSex = header.GetStringOrEmpty(DicomTag.PatientSex),
        AccessionNumber = header.GetStringOrEmpty(DicomTag.AccessionNumber),
        StudyDate = header.GetStringOrEmpty(DicomTag.StudyDate),
        StudyTime = header.GetStringOrEmpty(DicomTag.StudyTime),
        StudyDescription = header.GetStringOrEmpty(DicomTag.StudyDescription),
    };

    private static int? Number(DicomDataset header, DicomTag tag) =>
        int.TryParse(header.GetStringOrEmpty(tag), out var number) ? number : null;
}
