using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline;

/// <summary>Every line that the pipeline logs; ids 3000 to 3999. No line carries patient data.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information,
        "association {Calling} -> {Called} from {Peer}: {End}; {Stored} objects kept, {Refused} refused")]
    internal static partial void AssociationEnded(
        ILogger log, string calling, string called, string peer, string end, int stored, int refused);

    [LoggerMessage(3001, LogLevel.Warning,
        "object {SopInstance} from {Calling} ({Peer}) refused with {Status:X4}H: {Reason}")]
    internal static partial void ObjectRefused(
        ILogger log, string sopInstance, string calling, string peer, ushort status, string reason);

    [LoggerMessage(3002, LogLevel.Warning,
        "the allow-list is open: any AE title from any address may send (--accept ANY)")]
    internal static partial void AllowListOpen(ILogger log);

    [LoggerMessage(3003, LogLevel.Warning, "connection from {Peer} closed unread: too many connections")]
    internal static partial void Flooded(ILogger log, string peer);

    [LoggerMessage(3004, LogLevel.Error, "connection from {Peer} failed by a defect of this program")]
    internal static partial void ConnectionFailed(ILogger log, string peer, Exception defect);

    [LoggerMessage(3005, LogLevel.Information, "certificate read anew from {File}; valid until {Until}")]
    internal static partial void CertificateReloaded(ILogger log, string file, DateTime? until);

    [LoggerMessage(3006, LogLevel.Error, "the changed certificate is not used, the one before stays: {Problem}")]
    internal static partial void CertificateKept(ILogger log, string problem);

    [LoggerMessage(3010, LogLevel.Warning, "what happened to an association could not be written down")]
    internal static partial void NoteFailed(ILogger log, Exception fault);

    [LoggerMessage(3007, LogLevel.Error, "an event of an association is not on timeline and audit: {Cause}")]
    internal static partial void NotRecorded(ILogger log, string cause);

    [LoggerMessage(3010, LogLevel.Information, "query by {Calling} ({Peer}): {Asked}: {Matches} matches, {Status}")]
    internal static partial void Queried(
        ILogger log, string calling, string peer, string asked, int matches, string status);

    [LoggerMessage(3011, LogLevel.Information,
        "retrieval by {Calling} ({Peer}): {How}: {Sent} objects sent, {Failed} failed, {Status}")]
    internal static partial void Retrieved(
        ILogger log, string calling, string peer, string how, int sent, int failed, string status);

    [LoggerMessage(3100, LogLevel.Information,
        "study {Study} at revision {Revision}: decided, {Queued} new runs")]
    internal static partial void StudyDecided(ILogger log, string study, long revision, int queued);

    [LoggerMessage(3102, LogLevel.Debug, "study {Study} at revision {Revision} waits for {Waiting}")]
    internal static partial void StudyWaits(ILogger log, string study, long revision, string waiting);

    [LoggerMessage(3101, LogLevel.Error, "study {Study} could not be decided about")]
    internal static partial void StudyFailed(ILogger log, string study, Exception defect);

    [LoggerMessage(3200, LogLevel.Error, "worker {Worker} could not do its work, {Failures} times in a row; it is tried again")]
    internal static partial void WorkerFault(ILogger log, string worker, int failures, Exception fault);

    [LoggerMessage(3300, LogLevel.Information, "run {Run} not taken: {Why}")]
    internal static partial void RunNotTaken(ILogger log, string run, string why);

    [LoggerMessage(3301, LogLevel.Information, "run {Run} of {Analysis}: attempt {Attempt} begins under fence {Fence}")]
    internal static partial void RunBegins(ILogger log, string run, string analysis, int attempt, long fence);

    [LoggerMessage(3302, LogLevel.Information, "run {Run} ended as {State} with {Objects} objects")]
    internal static partial void RunEnded(ILogger log, string run, string state, int objects);

    [LoggerMessage(3303, LogLevel.Warning, "run {Run}: the attempt failed: {Cause}")]
    internal static partial void AttemptFailed(ILogger log, string run, string cause);

    [LoggerMessage(3304, LogLevel.Warning, "run {Run}: the attempt ends without effect: {Why}")]
    internal static partial void AttemptDropped(ILogger log, string run, string why);

    [LoggerMessage(3305, LogLevel.Error, "run {Run}: defect in its execution")]
    internal static partial void RunDefect(ILogger log, string run, Exception defect);

    [LoggerMessage(3306, LogLevel.Debug, "run {Run} scheduled")]
    internal static partial void RunScheduled(ILogger log, string run);

    [LoggerMessage(3400, LogLevel.Information,
        "run {Run}: {File} to {Destination}: {Outcome} in attempt {Attempt}: {Text}")]
    internal static partial void DeliverySettled(
        ILogger log, string run, string file, string destination, string outcome, int attempt, string text);

    [LoggerMessage(3401, LogLevel.Error, "delivery to {Destination} failed by a defect of this program")]
    internal static partial void DeliveryDefect(ILogger log, string destination, Exception defect);

    [LoggerMessage(3500, LogLevel.Information, "study {Study} removed with {Instances} instances by rule: {Rule}")]
    internal static partial void StudyRemoved(ILogger log, string study, int instances, string rule);

    [LoggerMessage(3501, LogLevel.Information, "retention put off: a backup is under way")]
    internal static partial void RetentionPutOff(ILogger log);

    [LoggerMessage(3502, LogLevel.Error, "retention failed; it is tried again")]
    internal static partial void RetentionFailed(ILogger log, Exception defect);

    [LoggerMessage(3603, LogLevel.Information,
        "run {Run}: {Count} objects at {Destination}: {Outcome}: {Text}")]
    internal static partial void ProofSettled(
        ILogger log, string run, int count, string destination, string outcome, string text);

    [LoggerMessage(3604, LogLevel.Error, "proof at {Destination} failed by a defect of this program")]
    internal static partial void ProofDefect(ILogger log, string destination, Exception defect);

    [LoggerMessage(3600, LogLevel.Information,
        "storage commitment {Transaction} of {Calling}: {Committed} objects kept, {Failed} not")]
    internal static partial void CommitmentEvaluated(
        ILogger log, string transaction, string calling, int committed, int failed);

    [LoggerMessage(3601, LogLevel.Information,
        "{Subject} told to {Destination}: {Done} in attempt {Attempt}: {Cause}")]
    internal static partial void NotificationSettled(
        ILogger log, string subject, string destination, bool done, int attempt, string cause);

    [LoggerMessage(3602, LogLevel.Error, "notification of {Destination} failed by a defect of this program")]
    internal static partial void NotificationDefect(ILogger log, string destination, Exception defect);
}
