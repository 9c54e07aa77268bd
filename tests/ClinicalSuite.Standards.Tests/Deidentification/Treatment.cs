using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Deidentification;

/// <summary>Objects of the tests and their treatment.</summary>
internal static class Treatment
{
    public static DeidentificationKey Key { get; } = new("a secret of the tests"u8);

    public static DeidentificationPlan Plan(DeidentificationOptions options = DeidentificationOptions.None) =>
        new() { Key = Key, Options = options };

    /// <summary>An object with a patient and no pixels.</summary>
    public static DicomDataset Object() => new DicomDataset()
        .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, Planted.Uid + "1")
        .AddOrUpdate(DicomTag.StudyInstanceUID, Planted.Uid + "2")
        .AddOrUpdate(DicomTag.SeriesInstanceUID, Planted.Uid + "3")
        .AddOrUpdate(DicomTag.Modality, "CT")
        .AddOrUpdate(DicomTag.PatientName, $"{Planted.Name}^Ada")
        .AddOrUpdate(DicomTag.PatientID, "QX-4711");

    public static DicomDataset Done(DicomDataset dataset, DeidentificationPlan? plan = null) =>
        Assert.IsType<DeidentificationOutcome.Done>(Apply(dataset, plan)).Dataset;

    public static string Refused(DicomDataset dataset, DeidentificationPlan? plan = null) =>
        Assert.IsType<DeidentificationOutcome.Refused>(Apply(dataset, plan)).Reason;

    public static DeidentificationOutcome Apply(DicomDataset dataset, DeidentificationPlan? plan = null) =>
        new Deidentifier(plan ?? Plan()).Apply(dataset, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

    /// <summary>The file as it would lie on a disk.</summary>
    public static byte[] Bytes(DicomDataset dataset)
    {
        using var stream = new MemoryStream();
        DicomFile.Create(dataset).Save(stream);
        return stream.ToArray();
    }
}
