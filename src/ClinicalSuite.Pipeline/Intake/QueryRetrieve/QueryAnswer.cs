using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>Judges one record against a request and makes the response for it.</summary>
internal sealed class QueryAnswer(QueryRequest request, StoreFolder folder, string aeTitle)
{
    private readonly DicomDataset keys = KeysOf(request);

    /// <param name="samplePath">A file to take from what the record has not; empty if none is needed.</param>
    /// <param name="characterSet">As the study was received in; it is used again if the answer fits in it.</param>
    /// <returns>The pending response, or null if the record does not match.</returns>
    public DimseResponse? For(DicomDataset record, string samplePath, string characterSet)
    {
        if (samplePath.Length > 0)
        {
            Complete(record, samplePath);
        }
        if (!AttributeMatching.IsMatch(keys, record, request.Options))
        {
            return null;
        }
        var response = new DicomDataset();
        foreach (var key in request.Keys)
        {
            QueryIdentifier.Answer(key, record, response);
        }
        foreach (var key in request.Below)
        {
            response.AddOrUpdate(key);
        }
        response.AddOrUpdate(DicomTag.QueryRetrieveLevel, request.Level.ToString().ToUpperInvariant());
        response.AddOrUpdate(DicomTag.RetrieveAETitle, aeTitle);
        if (request.Identifier.Contains(DicomTag.InstanceAvailability))
        {
            response.AddOrUpdate(DicomTag.InstanceAvailability, "ONLINE");
        }
        SetCharacterSet(response, characterSet);
        return new DimseResponse(
            request.Below.Count == 0 ? DimseStatus.Pending : DimseStatus.PendingWithoutSomeKeys, response);
    }

    private static DicomDataset KeysOf(QueryRequest request)
    {
        var keys = new DicomDataset();
        foreach (var key in request.Keys)
        {
            keys.AddOrUpdate(key);
        }
        return keys;
    }

    private static void SetCharacterSet(DicomDataset response, string characterSet)
    {
        if (response.TextFitsIn())
        {
            return;
        }
        var terms = characterSet.Split('\\');
        response.AddOrUpdate(DicomTag.SpecificCharacterSet,
            characterSet.Length > 0 && response.TextFitsIn(terms) ? terms : ["ISO_IR 192"]);
    }

    private void Complete(DicomDataset record, string samplePath)
    {
        DicomDataset header;
        try
        {
            header = DicomFile.Open(folder.Absolute(samplePath), DicomReadOptions.HeaderOnly).Dataset;
        }
        catch (Exception problem) when (problem is DicomFormatException or IOException)
        {
            return; // what cannot be read counts as absent; the database has the rest
        }
        foreach (var key in request.Keys.Where(key => !record.Contains(key.Tag)))
        {
            if (header.TryGetElement(key.Tag, out var element))
            {
                record.AddOrUpdate(element);
            }
        }
    }
}
