using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.StorageCommitment;
using ClinicalSuite.Pipeline.Delivery;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline;

/// <summary>What the appliance proposes and says when it calls others, for those who describe it.</summary>
public static class ProposedServices
{
    /// <summary>Of each reason to call, beside C-STORE, the presentation contexts.</summary>
    public static IReadOnlyList<(string Activity, IReadOnlyList<ProposedContext> Contexts)> Activities { get; } =
    [
        ("the proof that a PACS has what it was sent", DicomProof.Contexts(ProofPolicy.Auto)),
        .. Enum.GetValues<NotificationKind>().Select(kind => (
            NotificationSender.Name(kind), (IReadOnlyList<ProposedContext>)[NotificationSender.ContextOf(kind)])),
    ];

    /// <summary>The requests of the notifications.</summary>
    public static IReadOnlyList<(CommandField Request, string SopClassUid)> Notifications { get; } =
        [.. Enum.GetValues<NotificationKind>().Select(NotificationSender.ServiceOf).Distinct()];

    /// <summary>The attributes of each message that is sent, on a run that stands for any.</summary>
    public static IReadOnlyList<(string Message, DicomDataset Attributes)> Messages(string aeTitle)
    {
        var reference = new SopReference(DicomUID.SegmentationStorage, "2.25.3");
        var (run, evidence) = Sample();
        return
        [
            ("Storage Commitment, N-ACTION 1", new CommitmentRequest("2.25.1", [reference]).ToDataset()),
            ("Storage Commitment, N-EVENT-REPORT", new CommitmentReport(
                "2.25.1", [reference], [new(reference, CommitmentFailure.NoSuchObject)]).ToDataset()),
            ("Modality Performed Procedure Step, N-CREATE", AnalysisStep.Created(run, aeTitle)),
            ("Modality Performed Procedure Step, N-SET", AnalysisStep.Ended(run, evidence, ["PACS"])),
            ("Instance Availability Notification, N-CREATE", AnalysisStep.Available(run, evidence, ["PACS"])),
        ];
    }

    private static (AnalysisRun Run, IReadOnlyList<EvidenceObject> Evidence) Sample()
    {
        var run = new AnalysisRun
        {
            Id = new string('0', 32),
            StudyUid = "2.25.2",
            AnalysisId = "analysis",
            AnalysisVersion = "1",
            InputHash = "",
            Inputs = [],
            Study = new Study { Uid = "2.25.2" },
        };
        return (run,
        [
            new EvidenceObject
            {
                RunId = run.Id,
                StudyUid = run.StudyUid,
                FileName = "seg.dcm",
                Path = "",
                Sha256 = "",
                SopClassUid = DicomUID.SegmentationStorage,
                SopInstanceUid = "2.25.3",
                SeriesUid = "2.25.4",
            },
        ]);
    }
}
