using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// A Part 10 file to be sent by C-STORE. Its data set goes from disk to the network without being built in memory.
/// </summary>
public sealed record StorageObject
{
    // PS3.10 7.1: preamble, DICM, then (0002,0000) UL, whose value counts the bytes up to the data set.
    private const int GroupLengthEnd = 128 + 4 + 12;

    // (0008,0018) SOPInstanceUID is all that is wanted of the data set.
    private static readonly DicomReadOptions UpToInstanceUid = new()
    {
        StopBefore = new DicomTag(0x0008, 0x0019),
        MaximumInflatedBytes = 1 << 20,
    };

    private StorageObject(string path, string sopClassUid, string sopInstanceUid, DicomTransferSyntax syntax)
    {
        Path = path;
        SopClassUid = sopClassUid;
        SopInstanceUid = sopInstanceUid;
        TransferSyntax = syntax;
    }

    public string Path { get; }

    public string SopClassUid { get; }

    public string SopInstanceUid { get; }

    public DicomTransferSyntax TransferSyntax { get; }

    /// <exception cref="DicomFormatException">Not a DICOM file, or without SOP class or instance UID.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StorageObject Read(string path)
    {
        var file = DicomFile.Open(path, UpToInstanceUid);
        return new(path, file.Dataset.GetString(DicomTag.SOPClassUID), file.Dataset.GetString(DicomTag.SOPInstanceUID),
            file.TransferSyntax);
    }

    /// <summary>True if the object can be sent in that syntax: its own, or native to native.</summary>
    internal bool FitsIn(DicomTransferSyntax other) =>
        other.Equals(TransferSyntax)
        || (!TransferSyntax.IsEncapsulated && !other.IsEncapsulated && other.IsLittleEndian);

    /// <summary>The context to send it on: its own syntax before another.</summary>
    public PresentationContext? ContextAmong(IEnumerable<PresentationContext> contexts) => contexts
        .Where(c => c.AbstractSyntax == SopClassUid && FitsIn(DicomTransferSyntax.Of(c.TransferSyntax)))
        .OrderBy(c => c.TransferSyntax == TransferSyntax.Uid ? 0 : 1)
        .FirstOrDefault();

    /// <summary>The data set in the given syntax, as a seekable stream that stands at its first byte.</summary>
    internal Stream OpenDataSet(DicomTransferSyntax syntax)
    {
        var file = new FileStream(
            Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (syntax.Equals(TransferSyntax) && SeekDataSet(file))
        {
            return file;
        }
        file.Dispose();
        var transcoded = new FileStream(System.IO.Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite,
            FileShare.None, 65536, FileOptions.DeleteOnClose);
        DicomFile.WriteDataset(DicomFile.Open(Path).Dataset, transcoded, syntax);
        transcoded.Flush();
        transcoded.Position = 0;
        return transcoded;
    }

    /// <summary>False where the meta information does not say its length: such a file is written anew.</summary>
    private static bool SeekDataSet(FileStream file)
    {
        Span<byte> head = stackalloc byte[GroupLengthEnd];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || !head[128..140].SequenceEqual("DICM\x02\0\0\0UL\x04\0"u8))
        {
            return false;
        }
        var start = GroupLengthEnd + BinaryPrimitives.ReadUInt32LittleEndian(head[140..]);
        if (start > file.Length)
        {
            return false;
        }
        file.Position = start;
        return true;
    }
}
