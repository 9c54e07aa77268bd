using System.Runtime.CompilerServices;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Pipeline.Assembly;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>C-FIND as service class provider (PS3.4 C.4.1).</summary>
internal sealed class FindProvider(
    ArchiveCatalogue archive, Registrar registrar, StoreFolder folder, QueryBook book, IntakeSettings settings)
{
    public async Task<DimseResponse> FindAsync(DimseOperation operation)
    {
        var (request, refusal) = QueryRequest.Read(operation, isRetrieval: false);
        if (request is null)
        {
            await book.QueriedAsync(operation, "", "", 0, refusal!.Value);
            return new DimseResponse(refusal.Value);
        }
        // What was acknowledged before this request is found by it.
        await registrar.CatchUpAsync(operation.Cancellation);
        var answer = new QueryAnswer(request, folder, settings.AeTitle);
        var matches = 0;
        var status = DimseStatus.Cancel;
        try
        {
            await foreach (var (record, sample, characterSet) in RecordsAsync(request, operation.Cancellation))
            {
                if (answer.For(record, sample, characterSet) is { } pending)
                {
                    await operation.RespondAsync(pending);
                    matches++;
                }
                operation.Cancellation.ThrowIfCancellationRequested();
            }
            status = DimseStatus.Success;
        }
        catch (DicomFormatException problem)
        {
            // A key that cannot be read, such as a number that is none; the reason repeats no value.
            status = DimseStatus.CannotUnderstand($"{problem.TagPath} {problem.Reason}".Trim());
        }
        finally
        {
            await book.QueriedAsync(operation, request.Describe(), request.Subject, matches, status);
        }
        return new DimseResponse(status);
    }

    private async IAsyncEnumerable<(DicomDataset Record, string Sample, string CharacterSet)> RecordsAsync(
        QueryRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        switch (request.Level)
        {
            case QueryLevel.Patient:
                await foreach (var found in archive.PatientsAsync(request.Query, cancellation))
                {
                    yield return (RecordDataset.Of(found), found.Study.SamplePath, found.Study.Study.CharacterSet);
                }
                break;
            case QueryLevel.Study:
                await foreach (var found in archive.StudiesAsync(request.Query, cancellation))
                {
                    yield return (RecordDataset.Of(found), found.SamplePath, found.Study.CharacterSet);
                }
                break;
            case QueryLevel.Series:
                await foreach (var found in archive.SeriesAsync(request.Query, cancellation))
                {
                    yield return (RecordDataset.Of(found), found.SamplePath, found.Series.Study!.CharacterSet);
                }
                break;
            default:
                await foreach (var found in archive.InstancesAsync(request.Query, cancellation))
                {
                    yield return (RecordDataset.Of(found), request.Query.WithSample || found.IsMadeHere ? found.Path : "",
                        found.Series!.Study!.CharacterSet);
                }
                break;
        }
    }
}
