using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.StorageCommitment;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>The statuses that requests of others are answered with (PS3.4, PS3.7 annex C).</summary>
internal static class StatusSections
{
    private static readonly (string Service, DimseStatus Status, string Meaning)[] Answers =
    [
        ("C-STORE", DimseStatus.Success, "on the device, or there already"),
        ("C-STORE", DimseStatus.OutOfResources(""), "no space on the disk; may be sent again"),
        ("C-STORE", DimseStatus.QuotaUsedUp(""), "the quota of this sender is used up"),
        ("C-STORE", DimseStatus.DataSetDoesNotMatchSopClass(""), "SOP class or instance UID is not the one announced"),
        ("C-STORE", DimseStatus.CannotUnderstand(""),
            "the data set is damaged, or study or series UID is none; the comment has tag and reason"),
        ("C-STORE", DimseStatus.ProcessingFailure(""), "the storage device failed"),
        ("C-FIND", DimseStatus.Pending, "a match"),
        ("C-FIND", DimseStatus.PendingWithoutSomeKeys, "a match; keys of lower levels were not matched"),
        ("C-FIND", DimseStatus.Success, "no more matches"),
        ("C-FIND, C-MOVE, C-GET", DimseStatus.Cancel, "cancelled"),
        ("C-FIND, C-MOVE, C-GET", DimseStatus.DataSetDoesNotMatchSopClass(""),
            "no identifier, a level that is not of the model, a unique key without value"),
        ("C-FIND, C-MOVE, C-GET", DimseStatus.CannotUnderstand(""), "a key cannot be read"),
        ("C-MOVE", DimseStatus.MoveDestinationUnknown(""), "the title is no destination of the settings"),
        ("C-MOVE, C-GET", DimseStatus.NoSuboperationDone(""), "no object could be sent"),
        ("C-MOVE, C-GET", DimseStatus.SuboperationsWithFailures(null),
            "some objects were not sent; Failed SOP Instance UID List names up to 1000"),
        ("any", DimseStatus.UnrecognizedOperation, "a request that the SOP class has not"),
        ("any", DimseStatus.SopClassNotSupported(""), "a SOP class that was not agreed"),
        ("N-ACTION", DimseStatus.NoSuchActionType, "not action type 1"),
        ("N-ACTION", DimseStatus.NoSuchSopInstance(""), "not the well-known instance"),
        ("N-ACTION, N-EVENT-REPORT", DimseStatus.InvalidArgumentValue(""),
            "transaction UID or references are missing"),
        ("N-EVENT-REPORT", DimseStatus.NoSuchEventType, "not event type 1 or 2"),
        ("N-CREATE", DimseStatus.DuplicateSopInstance, "the step or notification exists"),
        ("N-CREATE", DimseStatus.MissingAttribute(""), "the study is not named"),
        ("N-CREATE", DimseStatus.InvalidSopInstance(""), "the instance UID is none"),
        ("N-SET", DimseStatus.NoSuchSopInstance(""), "no such performed procedure step"),
        ("N-SET", DimseStatus.StepHasEnded, "the step is COMPLETED or DISCONTINUED"),
    ];

    private static readonly ushort[] Failures =
    [
        CommitmentFailure.NoSuchObject, CommitmentFailure.ClassInstanceConflict, CommitmentFailure.ProcessingFailure,
        CommitmentFailure.DuplicateTransaction,
    ];

    public static void Write(StatementText text) => text.Heading(3, "Status codes")
        .Table(["Service", "Code", "Meaning"], Answers.Select(row =>
            (IReadOnlyList<string>)[row.Service, $"{row.Status.Code:X4}H", row.Meaning]))
        .Paragraph("Failure reasons in reports on storage commitments:")
        .List(Failures.Select(reason => new CommitmentFailure(new SopReference("", ""), reason).Words));
}
