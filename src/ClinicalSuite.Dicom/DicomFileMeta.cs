using System.Buffers.Binary;
using ClinicalSuite.Dicom.IO;

namespace ClinicalSuite.Dicom;

/// <summary>The preamble and file meta information that precede a data set in a file (PS3.10 7.1).</summary>
public static class DicomFileMeta
{
    private const int PreambleBytes = 128;

    /// <summary>The implementation version name of files and associations (SH, at most 16 characters).</summary>
    public const string ImplementationVersionName = "CLINICALSUITE";

    /// <summary>
    /// Writes preamble, prefix and file meta information; the data set's bytes in <paramref name="syntax"/> follow.
    /// </summary>
    /// <param name="sourceAeTitle">Who sent the instance, (0002,0016); null leaves it out.</param>
    public static void Write(
        Stream stream, string sopClassUid, string sopInstanceUid, DicomTransferSyntax syntax,
        string? sourceAeTitle = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(stream, Create(sopClassUid, sopInstanceUid, syntax, sourceAeTitle));
    }

    /// <summary>The group 0002 elements, without the group length, which is settled on writing.</summary>
    public static DicomDataset Create(
        string sopClassUid, string sopInstanceUid, DicomTransferSyntax syntax, string? sourceAeTitle = null)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        var meta = new DicomDataset()
            .AddOrUpdate(DicomTag.FileMetaInformationVersion, new byte[] { 0, 1 })
            .AddOrUpdate(DicomTag.MediaStorageSOPClassUID, sopClassUid)
            .AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, sopInstanceUid)
            .AddOrUpdate(DicomTag.TransferSyntaxUID, syntax.Uid)
            .AddOrUpdate(DicomTag.ImplementationClassUID, DicomUID.ImplementationClass)
            .AddOrUpdate(DicomTag.ImplementationVersionName, ImplementationVersionName);
        if (sourceAeTitle is not null)
        {
            meta.AddOrUpdate(DicomTag.SourceApplicationEntityTitle, sourceAeTitle);
        }

        return meta;
    }

    internal static void Write(Stream stream, DicomDataset meta)
    {
        using var body = new MemoryStream();
        new DatasetWriter(body, isExplicit: true).Write(meta);

        // Preamble, prefix, then the group length: (0002,0000) UL of 4 bytes (PS3.10 7.1).
        Span<byte> head = stackalloc byte[PreambleBytes + 16];
        head.Clear();
        "DICM"u8.CopyTo(head[PreambleBytes..]);
        ReadOnlySpan<byte> groupLength = [2, 0, 0, 0, (byte)'U', (byte)'L', 4, 0];
        groupLength.CopyTo(head[(PreambleBytes + 4)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(head[(PreambleBytes + 12)..], (uint)body.Length);
        stream.Write(head);
        body.WriteTo(stream);
    }
}
