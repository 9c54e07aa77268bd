using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Cli.Query;

/// <summary>Keeps what comes by C-STORE as Part 10 files, each whole or not at all.</summary>
internal sealed class ReceivedFiles(string folder) : IStoreProvider
{
    public int Count { get; private set; }

    /// <remarks>The UID is well formed: digits and dots, so that it may be a file's name.</remarks>
    public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, request.SopInstanceUid + ".dcm");
        var partial = path + ".partial";
        try
        {
            await using (var file = File.Create(partial))
            {
                DicomFileMeta.Write(
                    file, request.SopClassUid, request.SopInstanceUid, DicomTransferSyntax.Of(request.TransferSyntax),
                    request.Association.CalledAeTitle);
                await request.DataSet.CopyToAsync(file, cancellation);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (IOException problem) when (problem is not AssociationException)
        {
            Console.Error.WriteLine($"{path}: {problem.Message}");
            return DimseStatus.OutOfResources("cannot be written");
        }
        finally
        {
            File.Delete(partial);
        }

        Count++;
        return DimseStatus.Success;
    }
}
