using ClinicalSuite.Server.Access;
using ClinicalSuite.Server.Documents;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>A study with its custody timeline, results and deliveries.</summary>
public sealed class StudyModel(StudyShelf shelf, StoreFolder folder, SyntheticMark synthetic, RunLedger runs, DeliveryOutbox outbox)
    : PageModel
{
    private const int MostAtOnce = 1000;

    // In a line of the audit.
    private const int MostNamed = 20;

    public StudySheet Sheet { get; private set; } = null!;

    /// <summary>The run whose results are shown: the newest that is done, not superseded.</summary>
    public AnalysisRun? Shown { get; private set; }

    public FindingsSheet? Findings { get; private set; }

    /// <summary>Why there are no measurements although there should be; null when nothing is wrong.</summary>
    public string? FindingsProblem { get; private set; }

    public EvidenceObject? Figure { get; private set; }

    public EvidenceObject? Report { get; private set; }

    public bool IsSynthetic { get; private set; }

    /// <summary>What an object is, in the words of the standards.</summary>
    public static string Name(EvidenceKind kind) => kind switch
    {
        EvidenceKind.SegmentationParts => "Segmentation (exclusive parts)",
        EvidenceKind.SegmentationWhole => "Segmentation (wholes)",
        EvidenceKind.StructuredReport => "Structured report (TID 1500)",
        EvidenceKind.SecondaryCapture => "Key figure (Secondary Capture)",
        EvidenceKind.EncapsulatedPdf => "Report (encapsulated PDF)",
        EvidenceKind.ParametricMap => "Parametric map",
        EvidenceKind.Pdf => "Report (PDF)",
        EvidenceKind.Oru => "HL7 message (ORU^R01)",
        EvidenceKind.Findings => "Findings (JSON)",
        EvidenceKind.Image => "Image",
        _ => "Other",
    };

    public async Task<IActionResult> OnGet(string uid, CancellationToken cancellation)
    {
        if (await shelf.FindAsync(uid, cancellation) is not { } sheet)
        {
            return NotFound();
        }

        Sheet = sheet;
        IsSynthetic = await synthetic.IsOnAsync(uid, cancellation);
        Shown = sheet.Runs.LastOrDefault(r => r.State == RunState.Done && r.SupersededByRunId is null)
            ?? sheet.Runs.LastOrDefault(r => r.State is RunState.Done or RunState.NotAssessable);
        var evidence = sheet.Evidence.Where(e => e.RunId == Shown?.Id).ToList();
        Figure = evidence.FirstOrDefault(e => e.Kind == EvidenceKind.SecondaryCapture);
        Report = evidence.FirstOrDefault(e => e.Kind == EvidenceKind.Pdf);
        if (evidence.FirstOrDefault(e => e.Kind == EvidenceKind.Findings) is { } file)
        {
            (Findings, FindingsProblem) = FindingsSheet.TryRead(folder.Absolute(file.Path));
        }

        return Page();
    }

    public async Task<IActionResult> OnPostCancel(string uid, string run, CancellationToken cancellation)
    {
        AccessAudit.Note(HttpContext, $"run {Id(run)}");
        await runs.RequestCancelAsync(uid, run, cancellation);
        return RedirectToPage(new { uid });
    }

    public async Task<IActionResult> OnPostRestart(string uid, string run, CancellationToken cancellation)
    {
        AccessAudit.Note(HttpContext, $"run {Id(run)}");
        await runs.RestartAsync(uid, run, cancellation);
        return RedirectToPage(new { uid });
    }

    public async Task<IActionResult> OnPostRequeue(string uid, long[] delivery, CancellationToken cancellation)
    {
        AccessAudit.Note(HttpContext, $"{delivery.Length} deliveries: {string.Join(' ', delivery.Take(MostNamed))}");
        foreach (var id in delivery.Take(MostAtOnce))
        {
            await outbox.RequeueAsync(uid, id, cancellation);
        }

        return RedirectToPage(new { uid });
    }

    /// <summary>What was posted is anything; what goes into the audit is an id or nothing.</summary>
    private static string Id(string? run) => run?.Length == 32 && run.All(char.IsAsciiHexDigit) ? run : "unknown";

    public IReadOnlyList<Delivery> DeliveriesOf(EvidenceObject evidence) =>
        [.. Sheet.Deliveries.Where(d => d.EvidenceObjectId == evidence.Id)];
}
