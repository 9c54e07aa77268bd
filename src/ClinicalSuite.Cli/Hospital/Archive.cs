using System.Collections.Concurrent;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A PACS for demonstrations: keeps what it is given as Part 10 files, bit for bit, and the PDF of an encapsulated one beside.</summary>
/// <param name="objects">Folder of the objects.</param>
/// <param name="reports">Folder of the PDFs.</param>
internal sealed class Archive(string objects, string reports) : IStoreProvider
{
    private readonly ConcurrentQueue<string> received = new();

    /// <summary>Paths in the order of arrival.</summary>
    public IReadOnlyList<string> Received => [.. received];

    public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
    {
        var path = Path.Combine(objects, request.SopInstanceUid + ".dcm");
        var partial = path + ".partial";
        await using (var file = File.Create(partial))
        {
            DicomFileMeta.Write(
                file, request.SopClassUid, request.SopInstanceUid, DicomTransferSyntax.Of(request.TransferSyntax),
                request.Association.CallingAeTitle);
            await request.DataSet.CopyToAsync(file, cancellation);
        }

        File.Move(partial, path, overwrite: true);
        if (request.SopClassUid == DicomUID.EncapsulatedPDFStorage)
        {
            await KeepReportAsync(path, request.SopInstanceUid, cancellation);
        }

        received.Enqueue(path);
        return DimseStatus.Success;
    }

    /// <summary>Whether it keeps that object, and as what it was asked for.</summary>
    public bool Keeps(SopReference reference)
    {
        var path = Path.Combine(objects, reference.SopInstanceUid + ".dcm");
        return File.Exists(path) && StorageObject.Read(path).SopClassUid == reference.SopClassUid;
    }

    /// <summary>The document is padded to an even length; EncapsulatedDocumentLength (0042,0015) says where it ends.</summary>
    private async Task KeepReportAsync(string path, string uid, CancellationToken cancellation)
    {
        var dataset = DicomFile.Open(path).Dataset;
        ReadOnlyMemory<byte> document = dataset.GetBytes(DicomTag.EncapsulatedDocument);
        var length = dataset.TryGetInt(DicomTag.EncapsulatedDocumentLength, out var stated) ? stated : document.Length;
        await File.WriteAllBytesAsync(Path.Combine(reports, uid + ".pdf"), document[..length], cancellation);
    }
}
