using System.Security.Cryptography;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;

namespace ClinicalSuite.Cli.Demo;

/// <summary>What a demonstration came to: its exit status and what it says at the end.</summary>
internal static class DemoResult
{
    /// <summary>The gravest of the studies: refused, then failed, then not assessable.</summary>
    public static int Status(IReadOnlyList<StudySheet> sheets, SendReport sent)
    {
        var runs = sheets.SelectMany(s => s.Runs).Where(r => r.SupersededByRunId is null).ToList();
        if (sent.Unreadable.Count > 0 || sent.ObjectsRefused > 0 || runs.Any(r => r.State == RunState.Refused))
        {
            return ExitStatus.InputRefused;
        }

        if (sent.ObjectsLeft > 0 || runs.Any(r => r.State is RunState.Poisoned or RunState.Cancelled)
            || sheets.SelectMany(s => s.Deliveries).Any(d => d.State == DeliveryState.Failed))
        {
            return ExitStatus.Failed;
        }

        return sheets.Any(s => s.Standing is Standing.NotAssessable or Standing.NothingToAnalyse)
            ? ExitStatus.NotAssessable
            : ExitStatus.Done;
    }

    public static void Print(IReadOnlyList<StudySheet> sheets, DemoFolder folder, Uri web)
    {
        foreach (var sheet in sheets)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{Standings.Words(sheet.Standing)}: study {sheet.Study.Uid}");
            foreach (var evidence in sheet.Evidence)
            {
                if (Received(folder, sheet, evidence) is { } path)
                {
                    Console.Out.WriteLine($"  {Name(evidence.Kind),-16} {path}");
                }
            }

            foreach (var proof in sheet.Deliveries.Where(d => d.Kind == DeliveryKind.Dicom).GroupBy(d => (d.Destination, d.Proof)))
            {
                Console.Out.WriteLine(
                    $"  {"proof",-16} {proof.Count()} objects at {proof.Key.Destination}: {Standings.Words(proof.Key.Proof)}");
            }

            Console.Out.WriteLine($"  {"page",-16} {new Uri(web, "/studies/" + sheet.Study.Uid)}");
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine($"timeline: {folder.Timeline}");
        Console.Out.WriteLine("Research use; not clinically validated.");
    }

    /// <summary>The file that a peer made of this very object; null where none took it.</summary>
    private static string? Received(DemoFolder folder, StudySheet sheet, EvidenceObject evidence)
    {
        // The PACS takes the PDF out of the object in which it came.
        var encapsulated = sheet.Evidence.FirstOrDefault(e => e.RunId == evidence.RunId && e.Kind == EvidenceKind.EncapsulatedPdf);
        var path = evidence switch
        {
            { SopInstanceUid.Length: > 0 } => Path.Combine(folder.Received, "pacs", evidence.SopInstanceUid + ".dcm"),
            { Kind: EvidenceKind.Pdf } when encapsulated is not null =>
                Path.Combine(folder.Received, encapsulated.SopInstanceUid + ".pdf"),
            { Kind: EvidenceKind.Oru } => Directory.GetFiles(Path.Combine(folder.Received, "ris"), "*.hl7")
                .FirstOrDefault(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) == evidence.Sha256),
            _ => null,
        };
        return File.Exists(path) ? path : null;
    }

    private static string Name(EvidenceKind kind) => kind switch
    {
        EvidenceKind.SegmentationParts => "SEG (parts)",
        EvidenceKind.SegmentationWhole => "SEG (whole)",
        EvidenceKind.StructuredReport => "SR",
        EvidenceKind.SecondaryCapture => "SC",
        EvidenceKind.EncapsulatedPdf => "PDF object",
        EvidenceKind.Pdf => "PDF",
        EvidenceKind.Oru => "ORU^R01",
        _ => kind.ToString(),
    };
}
