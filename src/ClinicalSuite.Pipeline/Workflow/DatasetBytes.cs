using ClinicalSuite.Dicom;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>Data sets as the database keeps them: explicit VR little endian.</summary>
internal static class DatasetBytes
{
    public static byte[] Of(DicomDataset dataset)
    {
        using var bytes = new MemoryStream();
        DicomFile.WriteDataset(dataset, bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
        return bytes.ToArray();
    }

    public static DicomDataset Read(byte[] bytes) =>
        DicomFile.ReadDataset(bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
}
