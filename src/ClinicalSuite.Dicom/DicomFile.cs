using System.IO.Compression;
using ClinicalSuite.Dicom.IO;

namespace ClinicalSuite.Dicom;

/// <summary>A DICOM file (PS3.10): file meta information and a data set.</summary>
public sealed class DicomFile
{
    internal DicomFile(
        DicomDataset dataset, DicomDataset meta, DicomTransferSyntax syntax, IReadOnlyList<string> remarks)
    {
        Dataset = dataset;
        FileMetaInformation = meta;
        TransferSyntax = syntax;
        Remarks = remarks;
    }

    public DicomDataset Dataset { get; }

    /// <summary>The elements of group 0002; empty where the file has none.</summary>
    public DicomDataset FileMetaInformation { get; }

    public DicomTransferSyntax TransferSyntax { get; }

    /// <summary>What was not as PS3.10 and PS3.5 ask and was read all the same.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>
    /// Opens a file. Values longer than <see cref="DicomReadOptions.LargeValueBytes"/> stay in it and are read when
    /// asked for: the file must stay as it is while the data set is in use.
    /// </summary>
    /// <exception cref="DicomFormatException">The file is not DICOM or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DicomFile Open(string path, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        // The parser reads in its own blocks: no second buffer.
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var input = new DicomInput(stream, new StoredFile(Path.GetFullPath(path), stream.Length));
        try
        {
            var file = FileParser.Read(input, stream, options ?? DicomReadOptions.Default);
            file.Dataset.SourceFile = path;
            return file;
        }
        catch (DicomFormatException problem)
        {
            throw problem.WithFile(path);
        }
    }

    /// <summary>Reads a stream from where it stands; every value is in memory, the stream may be closed.</summary>
    /// <exception cref="DicomFormatException">The bytes are not DICOM or are damaged.</exception>
    public static DicomFile Open(Stream stream, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FileParser.Read(new DicomInput(stream), stream, options ?? DicomReadOptions.Default);
    }

    /// <summary>Reads a file that is in memory; values are slices of it.</summary>
    /// <exception cref="DicomFormatException">The bytes are not DICOM or are damaged.</exception>
    public static DicomFile Open(ReadOnlyMemory<byte> bytes, DicomReadOptions? options = null) =>
        FileParser.Read(new DicomInput(bytes), null, options ?? DicomReadOptions.Default);

    /// <summary>A new file around a data set; its SOP class and instance UIDs make the meta information.</summary>
    /// <exception cref="DicomFormatException">SOPClassUID or SOPInstanceUID is absent.</exception>
    public static DicomFile Create(DicomDataset dataset, DicomTransferSyntax? syntax = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var chosen = syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian;
        var meta = DicomFileMeta.Create(
            dataset.GetString(DicomTag.SOPClassUID), dataset.GetString(DicomTag.SOPInstanceUID), chosen);
        return new DicomFile(dataset, meta, chosen, []);
    }

    /// <summary>Writes the file beside its name and then takes the name, so that no half file is ever seen.</summary>
    /// <exception cref="DicomFormatException">A text does not fit in the data set's character set.</exception>
    public void Save(string path, DicomTransferSyntax? syntax = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        // Values that still lie in the file that is about to be replaced would be lost with it.
        Dataset.LoadValuesIn(Path.GetFullPath(path));
        var partial = path + ".partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024))
            {
                Save(stream, syntax);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Writes the file in its own or another transfer syntax. Big endian is read, never written.</summary>
    public void Save(Stream stream, DicomTransferSyntax? syntax = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var target = syntax ?? (TransferSyntax.IsLittleEndian
            ? TransferSyntax
            : DicomTransferSyntax.ExplicitVRLittleEndian);
        var meta = target.Equals(TransferSyntax) && FileMetaInformation.Count > 0
            ? FileMetaInformation
            : DicomFileMeta.Create(
                Dataset.GetString(DicomTag.SOPClassUID), Dataset.GetString(DicomTag.SOPInstanceUID), target);
        DicomFileMeta.Write(stream, meta);
        WriteDataset(Dataset, stream, target);
    }

    /// <summary>Writes a data set alone, as a message carries it.</summary>
    /// <exception cref="InvalidOperationException">Encapsulated pixels in a native syntax or the reverse.</exception>
    public static void WriteDataset(DicomDataset dataset, Stream stream, DicomTransferSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(syntax);
        if (!syntax.IsLittleEndian)
        {
            throw new InvalidOperationException("Big endian is read, never written.");
        }

        if (dataset.TryGetElement(DicomTag.PixelData, out var pixels)
            && pixels is DicomFragmentSequence != syntax.IsEncapsulated)
        {
            throw new InvalidOperationException($"The pixel data are not in the form that {syntax} asks for.");
        }

        if (!syntax.IsDeflated)
        {
            new DatasetWriter(stream, syntax.IsExplicitVR).Write(dataset);
            return;
        }

        using var deflate = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        new DatasetWriter(deflate, isExplicit: true).Write(dataset);
    }

    /// <summary>Reads a data set that comes without file meta information, as a message carries it.</summary>
    /// <exception cref="DicomFormatException">The bytes are damaged.</exception>
    public static DicomDataset ReadDataset(
        Stream stream, DicomTransferSyntax syntax, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(syntax);
        var dataset = new DicomDataset();
        FileParser.ReadDataset(
            new DicomInput(stream), stream, dataset, syntax, options ?? DicomReadOptions.Default, new ReadRemarks());
        return dataset;
    }

    /// <summary>Reads a data set that comes without file meta information, from memory.</summary>
    /// <exception cref="DicomFormatException">The bytes are damaged.</exception>
    public static DicomDataset ReadDataset(
        ReadOnlyMemory<byte> bytes, DicomTransferSyntax syntax, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        var dataset = new DicomDataset();
        FileParser.ReadDataset(
            new DicomInput(bytes), null, dataset, syntax, options ?? DicomReadOptions.Default, new ReadRemarks());
        return dataset;
    }
}
