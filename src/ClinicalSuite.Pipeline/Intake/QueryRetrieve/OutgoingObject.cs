using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>
/// A stored object in a form that the receiver takes: as it was stored if possible, otherwise its pixels decoded, or encoded
/// without loss. A form of its own lies in a temporary file until it is disposed.
/// </summary>
internal sealed class OutgoingObject : IDisposable
{
    private readonly string? temporary;

    private OutgoingObject(StorageObject file, string? temporary)
    {
        File = file;
        this.temporary = temporary;
    }

    public StorageObject File { get; }

    /// <param name="scratch">Folder of the temporary file: inside the store, where patient data belong.</param>
    /// <exception cref="DicomFormatException">The file is damaged, or its compression is not decoded.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OutgoingObject For(
        string path, IReadOnlyCollection<PresentationContext> contexts, string scratch)
    {
        var file = StorageObject.Read(path);
        if (file.ContextAmong(contexts) is not null)
        {
            return new(file, null);
        }
        var syntaxes = contexts.Where(c => c.AbstractSyntax == file.SopClassUid)
            .Select(c => DicomTransferSyntax.Of(c.TransferSyntax)).ToList();
        if (file.TransferSyntax.IsEncapsulated
            && syntaxes.Find(s => !s.IsEncapsulated && s.IsLittleEndian) is { } native)
        {
            return Rewritten(path, dataset => DicomPixelData.Decode(dataset, file.TransferSyntax), native, scratch);
        }
        return syntaxes.Find(s => s.IsEncapsulated && DicomPixelData.CanEncode(s)) is { } packed
            ? Rewritten(path, dataset => DicomPixelData.Encode(dataset, packed), packed, scratch)
            : new(file, null);
    }

    public void Dispose()
    {
        if (temporary is not null)
        {
            System.IO.File.Delete(temporary);
        }
    }

    private static OutgoingObject Rewritten(
        string path, Func<DicomDataset, DicomDataset> change, DicomTransferSyntax syntax, string scratch)
    {
        var dataset = change(DicomFile.Open(path).Dataset);
        var temporary = Path.Combine(scratch, $"{Guid.NewGuid():N}.outgoing");
        try
        {
            DicomFile.Create(dataset, syntax).Save(temporary);
            return new(StorageObject.Read(temporary), temporary);
        }
        catch
        {
            System.IO.File.Delete(temporary);
            throw;
        }
    }
}
