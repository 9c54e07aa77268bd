using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>The query/retrieve service class (PS3.4 annex C): C-FIND, C-MOVE and C-GET, patient root and study root.</summary>
internal sealed class QueryRetrieveService(FindProvider find, RetrieveProvider retrieve) : IDimseService
{
    private static readonly string[] Syntaxes = [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian];

    public void Offer(SupportedServices contexts, ServiceTable handlers)
    {
        foreach (var model in InformationModel.All)
        {
            // PS3.4 C.5.1.1: relational queries, combined date and time, fuzzy names; no time zone adjustment.
            contexts.With(model.FindUid, Syntaxes).WithExtended(model.FindUid, 1, 1, 1, 0);
            contexts.With(model.MoveUid, Syntaxes).WithExtended(model.MoveUid, 1);
            contexts.With(model.GetUid, Syntaxes).WithExtended(model.GetUid, 1);
            handlers.On(CommandField.FindRequest, model.FindUid, find.FindAsync);
            handlers.On(CommandField.MoveRequest, model.MoveUid, retrieve.MoveAsync);
            handlers.On(CommandField.GetRequest, model.GetUid, retrieve.GetAsync);
        }
        contexts.WithRequestorAsStorageProvider();
    }
}
