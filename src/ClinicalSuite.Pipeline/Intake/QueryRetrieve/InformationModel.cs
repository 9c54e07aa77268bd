using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>One of the information models of query/retrieve (PS3.4 C.3) with its three SOP classes.</summary>
internal sealed record InformationModel(QueryLevel Top, string FindUid, string MoveUid, string GetUid)
{
    public static IReadOnlyList<InformationModel> All { get; } =
    [
        new(QueryLevel.Patient, DicomUID.PatientRootQueryRetrieveInformationModelFind,
            DicomUID.PatientRootQueryRetrieveInformationModelMove, DicomUID.PatientRootQueryRetrieveInformationModelGet),
        new(QueryLevel.Study, DicomUID.StudyRootQueryRetrieveInformationModelFind,
            DicomUID.StudyRootQueryRetrieveInformationModelMove, DicomUID.StudyRootQueryRetrieveInformationModelGet),
    ];

    public static InformationModel Of(string sopClassUid) =>
        All.First(model => sopClassUid == model.FindUid || sopClassUid == model.MoveUid || sopClassUid == model.GetUid);
}
