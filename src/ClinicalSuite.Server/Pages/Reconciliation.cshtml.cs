using ClinicalSuite.Server.Access;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>Studies whose results wait for a person to say whose they are.</summary>
public sealed class ReconciliationModel(StudyShelf shelf, DeliveryOutbox outbox) : PageModel
{
    public IReadOnlyList<StudyRow> Rows { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation) => Rows = await shelf.HeldAsync(cancellation);

    public async Task<IActionResult> OnPostConfirm(string uid, CancellationToken cancellation)
    {
        AccessAudit.Note(HttpContext, "identity confirmed");
        await outbox.ConfirmIdentityAsync(uid, cancellation);
        return RedirectToPage();
    }
}
