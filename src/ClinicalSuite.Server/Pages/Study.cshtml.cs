using ClinicalSuite.Server.Documents;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>A study with its custody timeline, results and deliveries.</summary>
public sealed class StudyModel(StudyShelf shelf, StoreFolder folder, RunLedger runs, DeliveryOutbox outbox) : PageModel
{
    public StudySheet Sheet { get; private set; } = null!;

    /// <summary>The run whose results are shown: the newest that is done, not superseded.</summary>
    public AnalysisRun? Shown { get; private set; }

    public FindingsSheet? Findings { get; private set; }

    public EvidenceObject? Figure { get; private set; }

    public EvidenceObject? Report { get; private set; }

    public async Task<IActionResult> OnGet(string uid, CancellationToken cancellation)
    {
        if (await shelf.FindAsync(uid, cancellation) is not { } sheet)
        {
            return NotFound();
        }

        Sheet = sheet;
        Shown = sheet.Runs.LastOrDefault(r => r.State == RunState.Done && r.SupersededByRunId is null)
            ?? sheet.Runs.LastOrDefault(r => r.State is RunState.Done or RunState.NotAssessable);
        var evidence = sheet.Evidence.Where(e => e.RunId == Shown?.Id).ToList();
        Figure = evidence.FirstOrDefault(e => e.Kind == EvidenceKind.SecondaryCapture);
        Report = evidence.FirstOrDefault(e => e.Kind == EvidenceKind.Pdf);
        Findings = evidence.FirstOrDefault(e => e.Kind == EvidenceKind.Findings) is { } file
            ? FindingsSheet.Read(folder.Absolute(file.Path))
            : null;
        return Page();
    }

    public async Task<IActionResult> OnPostCancel(string uid, string run, CancellationToken cancellation)
    {
        await runs.RequestCancelAsync(run, cancellation);
        return RedirectToPage(new { uid });
    }

    public async Task<IActionResult> OnPostRestart(string uid, string run, CancellationToken cancellation)
    {
        await runs.RestartAsync(run, cancellation);
        return RedirectToPage(new { uid });
    }

    public async Task<IActionResult> OnPostRequeue(string uid, long delivery, CancellationToken cancellation)
    {
        await outbox.RequeueAsync(delivery, cancellation);
        return RedirectToPage(new { uid });
    }

    public IReadOnlyList<Delivery> DeliveriesOf(EvidenceObject evidence) =>
        [.. Sheet.Deliveries.Where(d => d.EvidenceObjectId == evidence.Id)];
}
