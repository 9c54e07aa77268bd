using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Cli.Query;

/// <summary>Says how a C-GET or C-MOVE went, on the way and at its end.</summary>
internal static class RetrievalEnd
{
    public static void Progress(DimseReply reply)
    {
        var counts = reply.Suboperations;
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{counts.Completed + counts.Warning} sent, {counts.Failed} failed, {counts.Remaining} to come ");
        }
    }

    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Tell(DicomPeer peer, SendOutcome outcome)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine();
        }

        if (outcome is not SendOutcome.Answered { Status: var status, Reply: { } reply })
        {
            Console.Error.WriteLine($"{peer}: {StatusText.Of(outcome)}");
            return ExitStatus.Failed;
        }

        var counts = reply.Suboperations;
        Console.Out.WriteLine(
            $"{counts.Completed + counts.Warning} objects sent, {counts.Warning} of them with a warning, {counts.Failed} failed");
        if (status.IsSuccess)
        {
            return ExitStatus.Done;
        }

        Console.Error.WriteLine($"{peer}: {StatusText.Of(status)}");
        foreach (var uid in reply.DataSet?.GetStrings(DicomTag.FailedSOPInstanceUIDList) ?? [])
        {
            Console.Error.WriteLine($"  not sent: SOP instance {uid}");
        }

        return ExitStatus.Failed;
    }
}
